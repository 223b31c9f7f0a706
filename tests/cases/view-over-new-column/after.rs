diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    view named "SELECT id, title, plan FROM session WHERE id > 0";
}
