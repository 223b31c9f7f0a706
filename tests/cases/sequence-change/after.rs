diesel::table! {
    person (id) {
        id -> Integer,
        number -> BigInt,
    }
}

glowplug::ddl! {
    sequence invoice_number { data_type "integer", increment "2", cache "10" }

    table person {
        number: default "nextval('invoice_number')";
    }
}
