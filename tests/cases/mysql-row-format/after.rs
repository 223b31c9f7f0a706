diesel::table! {
    item (id) {
        id -> Integer,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {
        options { row_format "compact", stats_persistent "1" };
    }
}
