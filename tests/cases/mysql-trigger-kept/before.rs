diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        n -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
