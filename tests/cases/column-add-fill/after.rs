diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        slug -> Text,
    }
}

glowplug::ddl! {
    table session {}
}
