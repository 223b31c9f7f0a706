diesel::table! {
    item (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
