diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    country (code) {
        code -> Text,
        name -> Text,
    }
}

diesel::table! {
    ticket (id) {
        id -> BigInt,
        code -> Text,
    }
}

glowplug::ddl! {
    table ticket {
        id: unassigned;
        foreign key (code) references country (code);
    }
}
