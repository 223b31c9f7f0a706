diesel::table! {
    item (id) {
        id -> Integer,
        flag -> Integer,
        name -> Text,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table item {
        flag: type "INTEGER";
        name: type "VARCHAR(20)";
        at: type "DATETIME";
    }
}
