diesel::table! {
    person (id) {
        id -> Integer,
        email -> Nullable<Text>,
    }
}

glowplug::ddl! {
    domain email { type "text"; check email_shape "VALUE LIKE '%@%'"; comment "somebody's address; as typed -- or not"; }
    domain zip { type "varchar(10)"; comment "of a letter"; }
    composite address { street "text", zip "zip" } { comment "where 'somebody' lives"; }
    composite pair { a "integer", comment "text" }
    range span { subtype "float8", comment "from … to" }
    sequence counter;
    sequence ticket { start "5", comment "one each" }

    table person {
        email: type "email";
    }
}
