diesel::table! {
    person (id) {
        id -> Integer,
        note -> Text,
    }
}

glowplug::ddl! {
    table person {
        with "fillfactor=80, toast.autovacuum_enabled=false";
    }
}
