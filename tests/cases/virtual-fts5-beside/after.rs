diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Text,
    }
}

glowplug::ddl! {
    table session {}
}
