diesel::table! {
    setting (key) {
        key -> Text,
        value -> Text,
    }
}

glowplug::ddl! {
    table setting {
        without rowid;
    }
}
