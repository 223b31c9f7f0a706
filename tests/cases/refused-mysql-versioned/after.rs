diesel::table! {
    item (id) {
        id -> Integer,
        n -> BigInt,
    }
}

glowplug::ddl! {
    table item {}
}
