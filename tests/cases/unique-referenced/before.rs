diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

diesel::table! {
    letter (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table person {}

    table letter {}
}
