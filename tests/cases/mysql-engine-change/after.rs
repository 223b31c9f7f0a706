diesel::table! {
    item (id) {
        id -> Integer,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
