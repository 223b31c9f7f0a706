//! What went wrong once.

use std::path::Path;

use glowplug::apply::prove::Place;
use glowplug::backend::Backend;
use glowplug::pipeline::CreateOptions;

use crate::support::case::CaseAnswers;
use crate::support::engine;
use crate::support::postgres::{Database, query};

fn plan(database: &Database, url: &str, models: &str) -> Result<Option<engine::Planned>, String> {
    let models = engine::models(Path::new("schema.rs"), models, Backend::Postgres)?;
    let _ = database;
    engine::plan_live(url, &models, &CaseAnswers::default())
}

#[test]
fn the_default_schema_may_be_named_or_not() {
    let database = Database::create();
    database.must(
        "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE org (id int PRIMARY KEY);
         CREATE TABLE users (id int PRIMARY KEY, org int REFERENCES org, mood mood);
         CREATE VIEW names AS SELECT id FROM users;",
    );
    let models = r#"
        pub mod sql_types {
            #[derive(diesel::query_builder::QueryId, Clone, diesel::sql_types::SqlType)]
            #[diesel(postgres_type(name = "mood", schema = "public"))]
            pub struct Mood;
        }
        diesel::table! { org (id) { id -> Integer } }
        diesel::table! { public.users (id) {
            id -> Integer, org -> Nullable<Integer>, mood -> Nullable<super::sql_types::Mood> } }
        glowplug::ddl! {
            enum public.mood ("ok");
            table users { id: unassigned; foreign key (org) references org (id); }
            view public.names "SELECT id FROM public.users";
        }"#;
    assert!(plan(&database, &database.url, models).unwrap().is_none());
    let both = "diesel::table! { users (id) { id -> Integer } }
        diesel::table! { public.users (id) { id -> Integer } }";
    let both = format!(
        "mod a {{ {} }} mod b {{ {} }}",
        both.split_once("diesel::table! { public").unwrap().0,
        "diesel::table! { public.users (id) { id -> Integer } }"
    );
    let error = plan(&database, &database.url, &both).unwrap_err();
    assert!(error.contains("`users` and `public.users`: the models name both"), "{error}");
}

/// What a sequence hands out is not rolled back; the proof has to ask another one.
#[test]
fn a_proof_moves_no_sequence() {
    let database = Database::create();
    database.must(
        "CREATE SEQUENCE tickets INCREMENT 3; SELECT nextval('tickets');
         CREATE TABLE session (id serial PRIMARY KEY, name text);
         INSERT INTO session (name) SELECT 'x' FROM generate_series(1, 5);",
    );
    let state = || {
        let sql = "SELECT concat_ws(' ', (SELECT concat(last_value, is_called) FROM tickets), \
                   (SELECT concat(last_value, is_called) FROM session_id_seq)) AS line";
        query(&mut database.connect(), sql)
    };
    let before = state();
    let models = r#"
        diesel::table! { session (id) { id -> Integer, name -> Nullable<Text>, ticket -> BigInt } }
        glowplug::ddl! { table session { id: serial; ticket: default "nextval('tickets')"; } }"#;
    let planned = plan(&database, &database.url, models).unwrap().unwrap();
    assert_eq!(state(), before);
    database.must(&planned.up.sql);
    assert_ne!(state(), before);
}

/// A role that may make no temporary table still has the server say how it writes an expression;
/// one that may make nothing is told what it lacks.
#[test]
fn spelling_needs_no_temporary_table() {
    let database = Database::create();
    let role = format!("r{}", database.url.rsplit('/').next().unwrap());
    let name = database.url.rsplit('/').next().unwrap();
    database.must(&format!(
        "CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
         REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC;
         SET ROLE {role};
         CREATE TABLE session (id int PRIMARY KEY, status varchar(9) DEFAULT 'a' CHECK (status IN ('a', 'b')));
         CREATE INDEX ON session ((lower(status))) WHERE status <> 'a';
         CREATE VIEW names AS SELECT id FROM session WHERE status IN ('a');"
    ));
    let (_, server) = database.url.rsplit_once('@').expect("a URL with a role");
    let url = format!("postgres://{role}@{server}");
    let models = r#"
        diesel::table! { session (id) { id -> Integer, #[max_length = 9] status -> Nullable<Varchar> } }
        glowplug::ddl! {
            table session {
                id: unassigned;
                status: default "'a'";
                check "status IN ('a','b')";
                index ("LOWER(status)") where "status != 'a'";
            }
            view names "SELECT id FROM session WHERE status in ('a')";
        }"#;
    let found = plan(&database, &url, models);
    assert!(found.as_ref().is_ok_and(Option::is_none), "{found:?}");
    database.must(&format!("REVOKE CREATE ON SCHEMA public FROM {role}, PUBLIC"));
    let error = plan(&database, &url, models).unwrap_err();
    let lacks = format!(
        "the role has neither TEMPORARY on the database `{name}` nor CREATE on the schema `public`"
    );
    assert!(error.contains(&lacks), "{error}");
    database.must(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

/// Functions and operators of the application that bear the names of the server's own.
#[test]
fn a_hostile_search_path_shadows_nothing() {
    let database = Database::create();
    let name = database.url.rsplit('/').next().unwrap();
    database.must(&format!(
        "CREATE SCHEMA evil; CREATE SCHEMA app;
         CREATE FUNCTION evil.eq(name, name) RETURNS bool LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''stolen''; END';
         CREATE FUNCTION evil.eq(oid, oid) RETURNS bool LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''stolen''; END';
         CREATE FUNCTION evil.any_text(anyelement) RETURNS text LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''stolen''; END';
         CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.eq);
         CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.eq);
         CREATE FUNCTION evil.obj_description(oid, name) RETURNS text LANGUAGE plpgsql AS
           'BEGIN RAISE EXCEPTION ''stolen''; END';
         CREATE TABLE app.session (id int PRIMARY KEY, n int DEFAULT 1 CHECK (n IN (1, 2)));
         ALTER DATABASE {name} SET search_path = app, evil, pg_catalog;"
    ));
    let models = r#"
        diesel::table! { session (id) { id -> Integer, n -> Nullable<Integer>, m -> Nullable<Integer> } }
        glowplug::ddl! { table session { id: unassigned; n: default "1"; check "n in (1,2)"; } }"#;
    let planned = plan(&database, &database.url, models).unwrap().unwrap();
    assert_eq!(
        planned.up.sql.lines().filter(|line| line.starts_with("ALTER")).collect::<Vec<_>>(),
        ["ALTER TABLE \"session\" ADD COLUMN \"m\" INTEGER;"]
    );
}

/// In a scratch schema the same migration is proven without the rows.
#[test]
fn a_scratch_proof_leaves_sequences_alone() {
    let database = Database::create();
    database.must("CREATE SEQUENCE tickets; CREATE TABLE session (id int PRIMARY KEY);");
    let models = engine::models(
        Path::new("schema.rs"),
        r#"diesel::table! { session (id) { id -> Integer, n -> Nullable<Text> } }"#,
        Backend::Postgres,
    )
    .unwrap();
    let options =
        CreateOptions { place: Place::Scratch, ..engine::options(&CaseAnswers::default()) };
    assert!(engine::create(&database.url, &models, &options).unwrap().is_some());
}
