diesel::table! {
    item (id) {
        id -> Integer,
        doc -> Nullable<Json>,
        list -> Json,
    }
}

glowplug::ddl! {
    table item {
        list: default "'[]'";
    }
}
