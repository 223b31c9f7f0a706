diesel::table! {
    person (id) {
        id -> Integer,
        note -> Text,
    }
}

glowplug::ddl! {
    table person {
        with "fillfactor = 70, autovacuum_enabled = false";
    }
}
