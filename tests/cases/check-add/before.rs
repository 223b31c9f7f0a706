diesel::table! {
    person (id) {
        id -> Integer,
        age -> Integer,
    }
}

glowplug::ddl! {
    table person {}
}
