diesel::table! {
    item (id) {
        id -> Integer,
        price -> Numeric,
    }
}

glowplug::ddl! {
    table item {
        price: type "numeric(10, 2)";
    }
}
