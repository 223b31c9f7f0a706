diesel::table! {
    item (id) {
        id -> Integer,
        flag -> Bool,
        name -> Text,
        at -> Timestamp,
    }
}

glowplug::ddl! {
    table item {}
}
