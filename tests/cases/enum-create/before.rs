diesel::table! {
    diary (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table diary {}
}
