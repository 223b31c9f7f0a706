diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
        status -> Text,
        created_at -> Nullable<Timestamp>,
    }
}

glowplug::ddl! {
    table person {
        unique index person_email (email);
    }
}
