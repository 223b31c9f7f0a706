diesel::table! {
    diary (id) {
        id -> Integer,
        felt -> Varchar,
    }
}

glowplug::ddl! {
    table diary {}
}
