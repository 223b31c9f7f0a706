diesel::table! {
    ticket (id) {
        id -> Integer,
        title -> Text,
    }
}

glowplug::ddl! {
    table ticket {
        id: rowid;
        index ticket_title (title);
    }
}
