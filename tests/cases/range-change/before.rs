diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    range floatrange { subtype "float8" }
}
