diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "price * 2" stored;
        unique item_twice (twice);
        check item_small "twice < 1000";
        index item_later (id, "twice + 1");
    }
}
