diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
    }
}

glowplug::ddl! {
    table item {
        id: identity;
    }
}
