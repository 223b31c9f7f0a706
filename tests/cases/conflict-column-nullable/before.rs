diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {
        plan: not null on conflict ignore;
    }
}
