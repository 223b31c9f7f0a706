diesel::table! {
    person (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    domain email { type "text"; check email_shape "VALUE LIKE '%@%'"; comment "an address"; }
    composite address { street "text" }
    composite pair { a "integer", comment "text" } { comment "of two"; }
    range span { subtype "float8" }
    sequence counter { comment "counts" }
    sequence ticket { start "5" }

    table person {
        email: type "email";
    }
}
