diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    domain email {
        type "varchar(80)";
        not null;
        check email_shape "VALUE LIKE '%@%'";
    }

    table person {
        email: type "email";
    }
}
