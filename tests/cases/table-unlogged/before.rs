diesel::table! {
    person (id) {
        id -> Integer,
        note -> Text,
    }
}

glowplug::ddl! {
    table person {
    }
}
