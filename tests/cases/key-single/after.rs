diesel::table! {
    stock (item) {
        shop -> Integer,
        item -> Integer,
        amount -> Integer,
    }
}

glowplug::ddl! {
    table stock {
        index stock_amount (amount);
        item: unassigned;
    }
}
