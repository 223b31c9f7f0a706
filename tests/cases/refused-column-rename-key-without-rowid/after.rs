diesel::table! {
    session (number) {
        number -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table session {
        unique (email, number);
        without rowid;
    }
}
