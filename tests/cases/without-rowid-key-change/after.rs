diesel::table! {
    setting (key, value) {
        key -> Text,
        value -> Text,
    }
}

glowplug::ddl! {
    table setting {
        without rowid;
    }
}
