diesel::table! {
    audit.event (id) {
        id -> Integer,
        what -> Text,
    }
}

glowplug::ddl! {
    table event {}
}
