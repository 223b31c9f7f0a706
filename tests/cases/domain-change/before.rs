diesel::table! {
    person (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    domain email {
        type "text";
        default "'none@example.org'";
        check email_shape "VALUE LIKE '%@%'";
    }

    table person {
        email: type "email";
    }
}
