diesel::table! {
    setting (key) {
        key -> Text,
        value -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table setting {}
}
