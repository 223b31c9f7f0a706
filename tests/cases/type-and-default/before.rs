diesel::table! {
    item (id) {
        id -> Integer,
        level -> Text,
    }
}

glowplug::ddl! {
    table item {
        level: default "'1'";
    }
}
