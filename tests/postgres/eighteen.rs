//! What PostgreSQL can since version 18: values that are computed when they are read, and NOT NULL
//! as a constraint with a name, which rows that are there need not satisfy. On older servers these
//! tests have nothing to try.

use std::path::Path;

use glowplug::backend::postgres::{Postgres, introspect::introspect};
use glowplug::backend::{Backend, Scope};
use glowplug::pull::print;

use crate::support::case::CaseAnswers;
use crate::support::engine;
use crate::support::postgres::{Database, query};

/// A database of a server that is new enough.
fn database(sql: &str) -> Option<Database> {
    let database = Database::create();
    if database.major() < 18 {
        return None;
    }
    database.must(sql);
    Some(database)
}

fn models(columns: &str, clauses: &str) -> String {
    format!(
        "diesel::table! {{ thing (id) {{ id -> Integer, {columns} }} }}
         glowplug::ddl! {{ table thing {{ id: unassigned; {clauses} }} }}"
    )
}

/// Up, and down to the very same, and up for good; then nothing is left to do.
fn change(database: &Database, text: &str) -> Result<String, String> {
    let models = engine::models(Path::new("schema.rs"), text, Backend::Postgres)?;
    let answers = CaseAnswers { allows: vec!["all".to_owned()], ..CaseAnswers::default() };
    let plan = || engine::plan_live(&database.url, &models, &answers);
    let planned = plan()?.ok_or("nothing is planned")?;
    let sorted = || {
        let mut lines = database.fingerprint();
        lines.sort();
        lines
    };
    let before = sorted();
    database.must(&planned.up.sql);
    database.must(&planned.down.sql);
    assert_eq!(sorted(), before, "{}", planned.down.sql);
    database.must(&planned.up.sql);
    assert!(plan()?.is_none(), "something is left to do after\n{}", planned.up.sql);
    Ok(planned.up.sql)
}

fn pulled(database: &Database) -> String {
    let schema = introspect(&mut database.connect(), &Scope::default()).expect("it is read");
    print(&schema, &Postgres).expect("it is printed")
}

/// The value of one row.
fn value(database: &Database, sql: &str) -> String {
    query(&mut database.connect(), &format!("SELECT ({sql})::text AS line")).remove(0)
}

#[test]
fn what_is_computed_when_it_is_read() {
    let Some(database) = database(
        "CREATE TABLE thing (id int PRIMARY KEY, n int); INSERT INTO thing VALUES (1, 10);",
    ) else {
        return;
    };
    let with = |n: &str, c: &str| {
        models(&format!("n -> Nullable<{n}>, c -> Nullable<BigInt>"), &format!("{c};"))
    };
    let c = || value(&database, "SELECT c FROM thing");
    let sql =
        change(&database, &with("Integer", "c: generated \"n + 1\" virtual, comment \"one more\""));
    let sql = sql.unwrap();
    assert!(sql.contains("BIGINT GENERATED ALWAYS AS (n + 1) VIRTUAL"), "{sql}");
    assert_eq!(c(), "11");
    let text = pulled(&database);
    assert!(text.contains(r#"c: generated "n + 1" virtual, comment "one more";"#), "{text}");

    change(&database, &with("Integer", "c: generated \"n + 2\" virtual")).unwrap();
    assert_eq!(c(), "12");
    let sql = change(&database, &with("BigInt", "c: generated \"n + 2\" virtual")).unwrap();
    assert!(sql.contains("`thing.c` is computed from what changes: it is made anew."), "{sql}");
    let error = change(&database, &with("BigInt", "c: default \"1\"")).unwrap_err();
    assert!(error.contains("column `thing.c`: it is computed when it is read"), "{error}");
    change(&database, &with("BigInt", "c: generated \"n + 2\" stored")).unwrap();
    change(&database, &with("BigInt", "c: generated \"n + 2\" virtual")).unwrap();
    change(&database, &with("BigInt", "c: generated \"n + 2\" stored")).unwrap();
    change(&database, &with("BigInt", "c: default \"1\"")).unwrap();
    assert_eq!(c(), "12");
}

#[test]
fn not_null_has_a_name() {
    let Some(database) = database(
        "CREATE TABLE thing (id int PRIMARY KEY, a int CONSTRAINT \"Odd one\" NOT NULL, b int NOT NULL);
         INSERT INTO thing VALUES (1, 1, 1); COMMENT ON CONSTRAINT \"Odd one\" ON thing IS 'it';",
    ) else {
        return;
    };
    let text = pulled(&database);
    assert!(text.contains("a: not null named \"Odd one\";"), "{text}");
    let name = |column: &str| {
        let of = format!(
            "SELECT conname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid \
             AND attnum = conkey[1] WHERE contype = 'n' AND attname = '{column}'"
        );
        value(&database, &of)
    };
    // What the models leave without a name may have any.
    change(&database, &models("a -> Integer, b -> BigInt", "")).unwrap();
    assert_eq!(name("a"), "Odd one");
    let named = "a: not null named \"Odd one\"; b: not null named here;";
    let sql = change(&database, &models("a -> Integer, b -> BigInt", named)).unwrap();
    assert!(sql.contains(r#"RENAME CONSTRAINT "thing_b_not_null" TO "here";"#), "{sql}");
    assert_eq!(name("b"), "here");
    // It goes, and comes back under its name.
    let may = models("a -> Integer, b -> Nullable<BigInt>", "a: not null named there;");
    change(&database, &may).unwrap();
    assert_eq!(name("a"), "there");
    let must =
        models("a -> Integer, b -> BigInt", "a: not null named there; b: not null named b_is;");
    let sql = change(&database, &must).unwrap();
    assert!(sql.contains(r#"ADD CONSTRAINT "b_is" NOT NULL "b";"#), "{sql}");
    let more =
        "a: not null named there; b: not null named b_is; c: not null named c_is, default \"1\";";
    change(&database, &models("a -> Integer, b -> BigInt, c -> Integer", more)).unwrap();
    assert_eq!(name("c"), "c_is");
    change(&database, &models("b -> BigInt", "b: not null named b_is;")).unwrap();
}

#[test]
fn not_null_that_is_not_valid_is_kept() {
    let Some(database) = database(
        "CREATE TABLE thing (id int PRIMARY KEY, a int, b int); INSERT INTO thing VALUES (1, NULL, 1);
         ALTER TABLE thing ADD CONSTRAINT later NOT NULL a NOT VALID;",
    ) else {
        return;
    };
    let text = pulled(&database);
    assert!(text.contains("a -> Integer"), "{text}");
    assert!(text.contains("// not null that is not valid `later` of `thing`"), "{text}");
    change(&database, &models("a -> Integer, b -> Nullable<BigInt>", "")).unwrap();
    change(&database, &models("a -> BigInt, b -> Nullable<BigInt>", "")).unwrap();
    let error = change(&database, &models("b -> Nullable<BigInt>", "")).unwrap_err();
    let refused = "column `thing.a`: the not null that is not valid `later` stands on it";
    assert!(error.contains(refused), "{error}");
    let valid = "SELECT convalidated FROM pg_constraint WHERE conname = 'later'";
    assert_eq!(value(&database, valid), "false");
}
