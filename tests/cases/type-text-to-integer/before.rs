diesel::table! {
    item (id) {
        id -> Integer,
        code -> Text,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {}
}
