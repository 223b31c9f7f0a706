diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
    }
}

glowplug::ddl! {
    table session {}
}
