diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        email: not null on conflict abort;
        unique (email) on conflict abort;
        primary key (id) on conflict abort;
    }
}
