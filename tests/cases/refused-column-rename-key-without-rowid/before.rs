diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table session {
        unique (email, id);
        without rowid;
    }
}
