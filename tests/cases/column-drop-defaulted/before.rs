diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        status -> Text,
    }
}

glowplug::ddl! {
    table session {
        status: default "'new'";
    }
}
