//! Whole schemas as applications have them: read, written as models, compared, and changed in one
//! place, after which everything else is what it was.

use std::path::Path;

use glowplug::backend::postgres::{Postgres, introspect::introspect};
use glowplug::backend::{Backend, Dialect as _, Scope};
use glowplug::pipeline::CreateOptions;
use glowplug::pull;

use crate::support::case::CaseAnswers;
use crate::support::engine::{self, Planned};
use crate::support::postgres::{Database, query};
use crate::support::{difference, file};

/// Makes the schema, and gives its models as `pull` writes them.
fn given(name: &str, schemas: &[&str]) -> (Database, String) {
    let database = Database::create();
    let path = file("tests/postgres/schemas").join(format!("{name}.sql"));
    database.must(&std::fs::read_to_string(path).expect("the schema is there"));
    let tables = query(
        &mut database.connect(),
        "SELECT count(*)::text AS line FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace \
         WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'",
    );
    assert!(tables[0].parse::<u32>().is_ok_and(|n| n >= 30), "{name} has {tables:?} tables");
    let scope = Scope { schemas: schemas.iter().map(|schema| (*schema).to_owned()).collect() };
    let mut schema = introspect(&mut database.connect(), &scope).expect("it is read");
    Postgres.normalize(&mut schema);
    let text = pull::print(&schema, &Postgres).unwrap_or_else(|refusals| panic!("{refusals:#?}"));
    (database, text)
}

fn plan(database: &Database, text: &str) -> Option<Planned> {
    let models = engine::models(Path::new("schema.rs"), text, Backend::Postgres)
        .unwrap_or_else(|error| panic!("{error}"));
    let answers = CaseAnswers { allows: vec!["all".to_owned()], ..CaseAnswers::default() };
    let options = CreateOptions { ..engine::options(&answers) };
    engine::create(&database.url, &models, &options).unwrap_or_else(|error| panic!("{error}"))
}

/// `pull`, then `diff`: nothing. Then a column more in one table, up and down.
fn try_schema(name: &str, schemas: &[&str], table: &str) {
    let (database, text) = given(name, schemas);
    if let Some(planned) = plan(&database, &text) {
        panic!("{name}: pull, then create:\n{}", planned.up.sql);
    }
    let before = database.catalog_lines();
    let head = format!("    {table} (");
    let at = text.find(&head).unwrap_or_else(|| panic!("no `{head}` in\n{text}"));
    let open = at + text[at..].find("{\n").expect("a body") + 2;
    let changed =
        format!("{}        added_here -> Nullable<Text>,\n{}", &text[..open], &text[open..]);
    let planned = plan(&database, &changed).expect("a column is new");
    database.must(&planned.up.sql);
    let after = database.catalog_lines();
    let surplus: Vec<_> =
        after.iter().filter(|line| !line.contains("added_here")).cloned().collect();
    assert_eq!(difference(&before, &surplus), None, "{name}");
    assert_ne!(before.len(), after.len());
    assert!(plan(&database, &changed).is_none(), "{name}: nothing is left to do");
    database.must(&planned.down.sql);
    assert_eq!(difference(&before, &database.catalog_lines()), None, "{name}: after down");
}

#[test]
fn a_forum() {
    try_schema("forum", &[], "posts");
}

#[test]
fn a_shop() {
    try_schema("shop", &[], "orders");
}

#[test]
fn a_job_queue() {
    try_schema("queue", &[], "jobs");
}

#[test]
fn a_partitioned_table_of_a_job_queue() {
    try_schema("queue", &[], "history");
}

#[test]
fn many_tenants() {
    try_schema("tenant", &["audit", "billing", "odd"], "tenants");
}

#[test]
fn analytics() {
    try_schema("analytics", &[], "fact_00");
}
