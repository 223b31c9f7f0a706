diesel::table! {
    ticket (id) {
        id -> Integer,
        title -> Text,
        note -> Text,
    }
}

glowplug::ddl! {
    table ticket {
        id: identity;
    }
}
