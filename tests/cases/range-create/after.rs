pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "floatrange"))]
    pub struct Floatrange;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Floatrange;

    person (id) {
        id -> Integer,
        between -> Nullable<Floatrange>,
    }
}

glowplug::ddl! {
    range floatrange { subtype "float8", subtype_diff "float8mi" }

    table person {
        between: type "floatrange";
    }
}
