diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {
        index session_plan (plan);
    }
}
