diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
        org -> Integer,
    }
}

glowplug::ddl! {
    table person {
        unique person_key (email);
    }
}
