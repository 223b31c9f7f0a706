diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        code -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {
        code: collate "utf8mb4_bin";
        index (name);
        options { charset "utf8mb4", collate "utf8mb4_general_ci" };
    }
}
