diesel::table! {
    order (id) {
        id -> Integer,
        #[sql_name = "group"]
        group_ -> Text,
        #[sql_name = "select"]
        select_ -> Text,
        index -> Nullable<Integer>,
        #[sql_name = "table"]
        table_ -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table order {
        index "where" (group_, select_);
    }
}
