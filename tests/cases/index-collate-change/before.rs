diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_email (email collate "NOCASE");
    }
}
