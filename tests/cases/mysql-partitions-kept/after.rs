diesel::table! {
    item (id) {
        id -> Integer,
        n -> BigInt,
        more -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        index (n);
    }
}
