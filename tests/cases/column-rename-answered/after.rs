diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        outline -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
