diesel::table! {
    stock (shop, item) {
        shop -> Integer,
        item -> Integer,
    }
}

glowplug::ddl! {
    table stock {}
}
