diesel::table! {
    setting (key) {
        key -> Text,
        value -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table setting {
        without rowid;
        note: default "'x'";
    }
}
