diesel::table! {
    item (id) {
        id -> Integer,
        tags -> Text,
    }
}

glowplug::ddl! {
    table item {
        tags: type "set('a','b','c')", default "'a'";
    }
}
