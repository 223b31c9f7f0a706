diesel::table! {
    item (id) {
        id -> Integer,
        code -> Integer,
        gone -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {
        index item_open (code) where "gone IS NULL AND code > '1'";
    }
}
