diesel::table! {
    item (id) {
        id -> Integer,
        code -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
