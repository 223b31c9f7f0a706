diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table person {
    }
}
