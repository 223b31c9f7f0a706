diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
        org -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table person {
        unique person_email (email);
    }
}
