diesel::table! {
    #[sql_name = "long_long_long_long_long_long_long_long_long_long_long_long_"]
    t (id) {
        id -> Integer,
        a -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table t {}
}
