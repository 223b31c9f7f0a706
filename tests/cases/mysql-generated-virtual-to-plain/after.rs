diesel::table! {
    item (id) {
        id -> Integer,
        a -> Integer,
        b -> Integer,
        total -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {}
}
