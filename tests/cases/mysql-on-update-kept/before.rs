diesel::table! {
    item (id) {
        id -> Integer,
        n -> Nullable<Integer>,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table item {
        at: type "timestamp on update current_timestamp", default "current_timestamp";
    }
}
