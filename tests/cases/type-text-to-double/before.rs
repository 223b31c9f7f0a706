diesel::table! {
    item (id) {
        id -> Integer,
        amount -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {}
}
