diesel::table! {
    item (id) {
        id -> Integer,
        n -> Integer,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table item {
        at: type "timestamp", default "current_timestamp";
    }
}
