diesel::table! {
    note (code) {
        code -> Text,
        body -> Text,
    }
}

glowplug::ddl! {
    table note {}
}
