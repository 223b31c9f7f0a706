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
    table person {
        unique (email);
    }

    table letter {
        foreign key (email) references person (email) on update cascade;
    }
}
