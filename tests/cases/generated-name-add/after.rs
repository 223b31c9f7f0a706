diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "price * 2" stored named computed;
    }
}
