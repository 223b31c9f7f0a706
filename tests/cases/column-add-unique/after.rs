diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        code -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        unique (code);
    }
}
