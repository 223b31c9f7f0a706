diesel::table! {
    item (id) {
        id -> Integer,
        price -> Numeric,
    }
}

glowplug::ddl! {
    table item {
        price: type "numeric(14, 4)";
    }
}
