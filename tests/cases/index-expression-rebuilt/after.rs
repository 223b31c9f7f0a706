diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {
        unique index session_email ("lower(email)", plan desc);
    }
}
