diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table person {
        index person_mail (email);
    }
}
