diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        email: collate "NOCASE" named any_case;
    }
}
