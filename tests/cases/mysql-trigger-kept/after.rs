diesel::table! {
    item (id) {
        id -> Integer,
        name -> Varchar,
        n -> BigInt,
        more -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table item {
        index (name);
    }
}
