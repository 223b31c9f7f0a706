//! Enums, views, extensions, and what only some backends know of a table.

diesel::table! {
    session (id) { id -> Integer, mood -> Text }
}

diesel::table! {
    audit.happy_session (id) { id -> Integer }
}

diesel::table! {
    session_day (id) { id -> Integer, mood -> Text }
}

diesel::joinable!(happy_session -> session (id));

glowplug::ddl! {
    /// What a session feels.
    enum mood ("sad", "ok", "it's \"happy\"");
    enum audit.level ("low", "high")
    enum "Odd Name" ("",);
    extension citext;
    extension "uuid-ossp";

    view happy_session "SELECT id FROM session WHERE mood = 'happy'";
    view sad_session { sqlite "SELECT 1", postgres "SELECT 2" }
    view "Odd View" { postgres "SELECT 3" };
    materialized_view audit.mood_count "SELECT mood, count(*) FROM session GROUP BY mood";

    materialized_view session_day { postgres "SELECT id, mood FROM session" } {
        unique index (id) include (mood);
        index by_mood (mood desc, "lower(mood)" nulls first) where "id > 1" using btree with "fillfactor = 70";
    }
    materialized_view audit.mood_day "SELECT mood FROM session" {
        unique index "odd one" ("mood", { postgres "lower(mood)" }) include ("the id", "n");
    };
    materialized_view no_index "SELECT 1 AS x" {}

    table session {
        strict;
        without rowid;
        engine "InnoDB";
        options { row_format "DYNAMIC", "Fillfactor" { postgres "70" } };
        comment "what it's for";
    }
}
