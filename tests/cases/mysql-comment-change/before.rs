diesel::table! {
    item (id) {
        id -> Integer,
        n -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {
        n: comment "how many";
        comment "a thing";
    }
}
