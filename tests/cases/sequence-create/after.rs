diesel::table! {
    person (id) {
        id -> Integer,
        number -> BigInt,
    }
}

glowplug::ddl! {
    sequence invoice_number { start "1000", increment "5", maxvalue "9000", cycle "true" }

    table person {
        number: default "nextval('invoice_number')";
    }
}
