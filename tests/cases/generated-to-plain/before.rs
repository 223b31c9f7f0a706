diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        total -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        total: generated "price * 2" stored;
    }
}
