pub mod sql_types {
    #[derive(diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "mood"))]
    pub struct Mood;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;

    session (id) {
        id -> Integer,
        mood -> Nullable<Mood>,
    }
}

glowplug::ddl! {
    enum mood ("sad", "ok");
    domain email { type "text"; check email_check "VALUE <> ''"; comment "an address"; }
    composite pair { a "integer", b "text" } { comment "two"; }
    sequence counter { start "5", comment "counts" }
}
