diesel::table! {
    setting (id) {
        id -> Integer,
        key -> Text,
        value -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table setting {}
}
