diesel::table! {
    item (key) {
        key -> Text,
        amount -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table item {}
}
