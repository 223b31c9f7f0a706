diesel::table! {
    person (id) {
        id -> Integer,
    }
}

diesel::table! {
    cache (id) {
        id -> Integer,
        value -> Text,
    }
}

glowplug::ddl! {
    table cache {
        unlogged;
        with "fillfactor = 50";
    }
}
