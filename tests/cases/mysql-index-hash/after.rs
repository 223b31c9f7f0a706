diesel::table! {
    item (id) {
        id -> Integer,
        name -> Text,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {
        unique index item_name (name) using hash;
    }
}
