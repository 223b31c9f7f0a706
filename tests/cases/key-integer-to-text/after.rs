diesel::table! {
    session (id) {
        id -> Text,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
