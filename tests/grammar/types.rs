//! Types: aliases, arrays, ranges, types of one's own.

mod sql_types {
    #[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(sqlite_type(name = "Text"))]
    #[cfg_attr(feature = "postgres", diesel(postgres_type(name = "mood_kind", schema = "audit")))]
    pub struct Mood;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;

    plain (id) {
        id -> Int4,
        small -> Int2,
        big -> Nullable<Int8>,
        ratio -> Float4,
        precise -> Float8,
        flag -> Bool,
        #[max_length = 20]
        name -> VarChar,
        bytes -> Nullable<Blob>,
        price -> Decimal,
        document -> Json,
        day -> diesel::sql_types::Date,
        zoned -> TimestamptzSqlite,
        mood -> Mood,
        old_mood -> Nullable<crate::parse::examples::types::sql_types::Mood>,
    }
}

#[cfg(feature = "postgres")]
diesel::table! {
    rich (id) {
        id -> Uuid,
        tags -> Array<Nullable<Text>>,
        span -> Nullable<Int4range>,
        spans -> Multirange<Timestamptz>,
        pair -> Record<(Integer, Text)>,
        bytes -> Bytea,
        zoned -> Timestamptz,
        address -> Inet,
    }
}
