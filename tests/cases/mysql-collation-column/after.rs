diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
    }
}

glowplug::ddl! {
    table item {
        name: collate "utf8mb4_bin";
        unique (name);
    }
}
