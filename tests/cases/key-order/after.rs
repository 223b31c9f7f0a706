diesel::table! {
    stock (item, shop) {
        shop -> Integer,
        item -> Integer,
        amount -> Integer,
    }
}

glowplug::ddl! {
    table stock {}
}
