diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    range floatrange { subtype "float8", subtype_diff "float8mi" }
}
