diesel::table! {
    setting (key) {
        key -> Text,
        value -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table setting {
        primary key (key collate "NOCASE" desc);
        without rowid;
        unique (value);
    }
}
