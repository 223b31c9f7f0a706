diesel::table! {
    run (number) {
        number -> Integer,
        email -> Text,
    }
}

glowplug::ddl! {
    table run {
        unique (email, number);
    }
}
