diesel::table! {
    item (id) {
        id -> Integer,
        code -> Integer,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {}
}
