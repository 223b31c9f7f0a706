diesel::table! {
    item (id) {
        id -> Integer,
        price -> Integer,
        twice -> Integer,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "price * 2" virtual;
        price: default "1";
    }
}
