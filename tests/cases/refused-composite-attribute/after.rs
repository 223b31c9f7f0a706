pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "address"))]
    pub struct Address;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Address;

    person (id) {
        id -> Integer,
        home -> Nullable<Address>,
    }
}

glowplug::ddl! {
    composite address { street "text", "House No" "integer" }
}
