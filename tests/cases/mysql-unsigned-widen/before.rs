diesel::table! {
    item (id) {
        id -> Unsigned<Integer>,
        n -> Nullable<Unsigned<SmallInt>>,
    }
}

glowplug::ddl! {
    table item {}
}
