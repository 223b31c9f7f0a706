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
        unique index setting_value (value desc) where "note IS NOT NULL";
    }
}
