diesel::table! {
    item (id) {
        id -> Integer,
        doc -> Nullable<Json>,
    }
}

glowplug::ddl! {
    table item {}
}
