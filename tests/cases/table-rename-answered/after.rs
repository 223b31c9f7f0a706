diesel::table! {
    company (id) {
        id -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table company {
        unique (name);
    }
}
