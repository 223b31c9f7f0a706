diesel::table! {
    #[sql_name = "long_long_long_long_long_long_long_long_long_long_long_long_"]
    t (id) {
        id -> Integer,
        a -> Text,
        #[sql_name = "long_long_long_long_long_long_long_long_long_long_long_long_b"]
        b -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table t {
        index (b);
    }
}
