diesel::table! {
    person (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    domain email {
        type "varchar(20)";
        default "'none@example.org'";
        check email_shape "VALUE LIKE '%@%'";
    }

    table person {
        email: type "email";
    }
}
