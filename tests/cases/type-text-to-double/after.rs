diesel::table! {
    item (id) {
        id -> Integer,
        amount -> Nullable<Double>,
    }
}

glowplug::ddl! {
    table item {}
}
