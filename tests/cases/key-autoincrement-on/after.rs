diesel::table! {
    ticket (id) {
        id -> Integer,
        title -> Text,
    }
}

glowplug::ddl! {
    table ticket {
        id: identity;
        index ticket_title (title);
    }
}
