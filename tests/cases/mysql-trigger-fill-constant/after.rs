diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        n -> Integer,
        m -> Integer,
    }
}

glowplug::ddl! {
    table item {}
}
