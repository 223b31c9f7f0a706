diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table person {
        email: collate "NOCASE";
        index person_email (email);
    }
}
