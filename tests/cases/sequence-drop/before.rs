diesel::table! {
    person (id) {
        id -> Integer,
        number -> BigInt,
    }
}

glowplug::ddl! {
    sequence invoice_number { start "1000" }

    table person {
    }
}
