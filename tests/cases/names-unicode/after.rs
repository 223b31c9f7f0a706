diesel::table! {
    #[sql_name = "Перsон"]
    person (id) {
        id -> Integer,
        #[sql_name = "ÄÖÜ"]
        a -> Text,
        #[sql_name = "Straße"]
        b -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table person {}
}
