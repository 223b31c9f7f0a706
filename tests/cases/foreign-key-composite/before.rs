diesel::table! {
    stock (shop, item) {
        shop -> Integer,
        item -> Integer,
    }
}

diesel::table! {
    sale (id) {
        id -> Integer,
        shop -> Integer,
        item -> Integer,
    }
}

glowplug::ddl! {
    table stock {}

    table sale {}
}
