diesel::table! {
    item (id) {
        id -> Integer,
        code -> BigInt,
        total -> BigInt,
        ratio -> Double,
    }
}

glowplug::ddl! {
    table item {}
}
