diesel::table! {
    session (id) {
        id -> Integer,
        #[sql_name = "Title"]
        title -> Text,
    }
}

glowplug::ddl! {
    table session {}
}
