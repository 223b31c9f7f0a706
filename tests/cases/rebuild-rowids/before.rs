diesel::table! {
    note (code) {
        code -> Text,
        body -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table note {}
}
