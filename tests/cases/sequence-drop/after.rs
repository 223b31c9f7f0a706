diesel::table! {
    person (id) {
        id -> Integer,
        number -> BigInt,
    }
}

glowplug::ddl! {
    table person {
    }
}
