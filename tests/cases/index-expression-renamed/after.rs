diesel::table! {
    session (id) {
        id -> Integer,
        mail -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_email ("lower(mail) || plan");
    }
}
