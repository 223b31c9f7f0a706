diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        quantity -> Integer,
        total -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        total: generated "price * quantity" stored;
        index item_total (total);
    }
}
