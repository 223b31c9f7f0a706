diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table person {
        unique (email);
        index person_mail (email);
    }
}
