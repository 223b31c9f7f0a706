diesel::table! {
    item (id) {
        id -> Integer,
        cost -> Integer,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        twice: generated "cost * 2" stored;
        check "cost > 0";
    }
}
