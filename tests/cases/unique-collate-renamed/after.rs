diesel::table! {
    session (id) {
        id -> Integer,
        mail -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        unique (mail collate "NOCASE", plan desc) on conflict ignore;
    }
}
