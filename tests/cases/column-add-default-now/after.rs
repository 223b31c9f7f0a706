diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        created_at -> Timestamp,
    }
}

glowplug::ddl! {
    table session {
        created_at: default "CURRENT_TIMESTAMP";
    }
}
