diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        twice -> Nullable<Integer>,
        four -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "price * 2" virtual;
        four: generated "twice * 2" stored;
    }
}
