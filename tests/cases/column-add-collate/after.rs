diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        email: collate "NOCASE";
    }
}
