diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        email: default "''", collate "NOCASE";
        check "plan <> ''";
        check "length(email) < 99";
        unique (email, plan);
    }
}
