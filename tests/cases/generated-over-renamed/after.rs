diesel::table! {
    item (id) {
        id -> Integer,
        cost -> Integer,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "cost * 2" stored;
        index item_twice_idx (twice);
    }
}
