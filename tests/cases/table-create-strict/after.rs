diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    event (id) {
        id -> Integer,
        payload -> Binary,
        weight -> Nullable<Double>,
    }
}

diesel::table! {
    setting (key) {
        key -> Text,
        value -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table event {
        strict;
    }

    table setting {
        strict;
        without rowid;
    }
}
