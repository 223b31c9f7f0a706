diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table person {
        email: collate "RTRIM";
        unique (email);
    }
}
