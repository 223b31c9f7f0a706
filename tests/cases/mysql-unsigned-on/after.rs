diesel::table! {
    item (id) {
        id -> Integer,
        n -> Unsigned<Integer>,
    }
}

glowplug::ddl! {
    table item {}
}
