diesel::table! {
    session (id) {
        id -> Integer,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}

glowplug::ddl! {
    view active "SELECT id, title FROM session";
}
