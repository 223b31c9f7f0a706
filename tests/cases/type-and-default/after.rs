diesel::table! {
    item (id) {
        id -> Integer,
        level -> Integer,
    }
}

glowplug::ddl! {
    table item {
        level: default "1";
    }
}
