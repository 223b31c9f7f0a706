diesel::table! {
    note (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table note {}
}
