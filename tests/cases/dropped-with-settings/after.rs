diesel::table! {
    session (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table session {}
}
