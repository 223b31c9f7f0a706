diesel::table! {
    #[sql_name = "od\"d 'table'; DROP"]
    odd (id) {
        id -> Integer,
        #[sql_name = "quo\"te"]
        a -> Text,
        #[sql_name = "it's; --"]
        b -> Text,
        #[sql_name = "new\nline"]
        c -> Nullable<Text>,
        #[sql_name = "🔥 م"]
        d -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table odd {
        index "in\"dex; '" (a, b);
        unique (b);
        index "second\n--" (d desc);
    }
}
