diesel::table! {
    person (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    domain email {
        type "text";
        not null;
        default "lower('NOBODY@example.org')";
        check "length(VALUE) BETWEEN 3 AND 80";
        check email_known "VALUE <> 'x@y'" not valid;
    }

    table person {
        email: type "email";
    }
}
