diesel::table! {
    country (id) {
        id -> Integer,
        code -> Text,
    }
}

glowplug::ddl! {
    table country {
        id: unassigned;
    }
}
