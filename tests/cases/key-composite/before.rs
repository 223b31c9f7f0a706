diesel::table! {
    stock (shop) {
        shop -> Integer,
        item -> Integer,
        amount -> Integer,
    }
}

glowplug::ddl! {
    table stock {}
}
