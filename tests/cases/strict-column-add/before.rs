diesel::table! {
    item (id) {
        id -> Integer,
        label -> Text,
    }
}

glowplug::ddl! {
    table item {
        strict;
    }
}
