diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        weight -> Integer,
    }
}

glowplug::ddl! {
    table session {
        check "weight > 0";
    }
}
