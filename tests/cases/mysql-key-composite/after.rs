diesel::table! {
    item (id, n) {
        id -> Integer,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
