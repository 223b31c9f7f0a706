diesel::table! {
    item (id) {
        id -> Integer,
        code -> SmallInt,
        total -> Integer,
        ratio -> Float,
    }
}

glowplug::ddl! {
    table item {}
}
