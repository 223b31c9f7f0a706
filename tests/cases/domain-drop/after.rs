diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table person {
        email: type "varchar(80)";
    }
}
