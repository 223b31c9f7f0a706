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
        index person_status (status);
        index person_new (email) where { sqlite "status = 'new'", postgres "status = 'new'" };
    }
}
