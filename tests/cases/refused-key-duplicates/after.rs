diesel::table! {
    stock (shop) {
        shop -> Integer,
        item -> Integer,
    }
}

glowplug::ddl! {
    table stock {
        shop: unassigned;
    }
}
