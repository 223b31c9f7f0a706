diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
    }
}

glowplug::ddl! {
    view named "SELECT id, title FROM session WHERE id > 1";
}
