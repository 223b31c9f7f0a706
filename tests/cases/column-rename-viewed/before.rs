diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}

    view planned "SELECT id, plan FROM session WHERE plan IS NOT NULL";
}
