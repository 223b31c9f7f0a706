diesel::table! {
    item (id) {
        id -> Integer,
        code -> Text,
    }
}

glowplug::ddl! {
    table item {}
}
