diesel::table! {
    order (id) {
        id -> Integer,
        #[sql_name = "group"]
        group_ -> Text,
        #[sql_name = "select"]
        select_ -> Nullable<Text>,
        index -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table order {
        index "where" (group_);
    }
}
