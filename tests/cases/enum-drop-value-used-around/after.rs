pub mod sql_types {
    #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = "mood"))]
    pub struct Mood;
}

diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Mood;

    diary (id) {
        id -> Integer,
        felt -> Mood,
        every -> Nullable<Array<Nullable<Mood>>>,
    }
}

glowplug::ddl! {
    enum mood ("ok", "happy");

    table diary {
        felt: default "'ok'";
        check not_both "felt <> 'ok' OR every IS NULL OR felt = ANY (every)";
        index (felt) where "felt = 'happy'";
        index by_text ("(felt = 'ok')");
    }

    view good "SELECT id, felt FROM diary WHERE felt > 'ok'";
}
