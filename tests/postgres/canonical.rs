//! Expressions that differ in text and not in meaning become the database's own.

use diesel::PgConnection;
use glowplug::backend::Scope;
use glowplug::backend::postgres::canonicalize;
use glowplug::backend::postgres::introspect::{catalog, introspect};
use glowplug::diff::diff;
use glowplug::model::{IndexKey, QualifiedName, Schema};

use super::scratch::{Counter, Scratch, run};

const DATABASE: &str = r#"
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE session (
    id INT PRIMARY KEY,
    status VARCHAR(20) DEFAULT 'new' NOT NULL,
    feeling mood DEFAULT 'ok',
    delay INTERVAL DEFAULT '1 day',
    n INT DEFAULT -1,
    twice INT GENERATED ALWAYS AS (n * 2) STORED,
    CONSTRAINT known CHECK (status IN ('new', 'running', 'done')),
    CHECK (n < 100), CHECK (n > -5)
);
CREATE UNIQUE INDEX session_open ON session (lower(status), (n+1) DESC)
    WHERE status NOT IN ('done') AND n IS NOT NULL;
CREATE VIEW open_session AS SELECT * FROM session WHERE status <> 'done';
"#;

fn read(connection: &mut PgConnection) -> Schema {
    introspect(connection, &Scope::default()).expect("the database is read")
}

fn name(name: &str) -> QualifiedName {
    QualifiedName::new(name)
}

/// The database as its models would have it: the texts as a user writes them.
fn as_written(live: &Schema) -> Schema {
    let mut models = live.clone();
    let table = models.tables.get_mut(&name("session")).expect("session");
    let text = |sql: &str| Some(sql.to_owned());
    for (column, sql) in
        [("status", "'new'"), ("feeling", "'ok'"), ("delay", "'1 day'"), ("n", "-1")]
    {
        let column = table.columns.iter_mut().find(|c| c.name == column).expect("a column");
        column.default = text(sql);
    }
    let twice = table.columns.iter_mut().find(|c| c.name == "twice").expect("twice");
    twice.generated.as_mut().expect("generated").expression = "n*2".into();
    table.checks[0].expression = "session.status in ('new', 'running', 'done')".into();
    // Two checks on one column, in the other order: so their implied names change places.
    table.checks[1].expression = "n > -5".into();
    table.checks[2].expression = "n < 100".into();
    let index = &mut table.indexes[0];
    index.predicate = text("status NOT IN ('done') AND n IS NOT NULL");
    index.parts[0].key = IndexKey::Expression("LOWER(status)".into());
    index.parts[1].key = IndexKey::Expression("1 + n - 0".into());
    index.stored = None;
    let view = models.views.get_mut(&name("open_session")).expect("a view");
    view.definition = "SELECT * FROM session WHERE status <> 'done';".into();
    models
}

#[test]
fn texts_of_one_meaning_become_those_of_the_database() {
    let (_scratch, mut connection) = Scratch::with(DATABASE);
    let live = read(&mut connection);
    let before = catalog(&mut connection).expect("the catalog is read");
    let mut models = as_written(&live);
    models.tables.get_mut(&name("session")).expect("session").indexes[0].parts[1].key =
        IndexKey::Expression("( n + 1 )".into());
    assert_ne!(diff(&live, &models), []);
    canonicalize(&mut connection, &live, &mut models).expect("the server answers");
    assert_eq!(diff(&live, &models), []);
    assert_eq!(catalog(&mut connection).expect("the catalog is read"), before, "nothing is left");
}

#[test]
fn texts_of_another_meaning_stay_as_they_were_written() {
    let (_scratch, mut connection) = Scratch::with(DATABASE);
    let live = read(&mut connection);
    let mut models = as_written(&live);
    let session = name("session");
    let table = models.tables.get_mut(&session).expect("session");
    table.columns[1].default = Some("'old'".into());
    table.checks[0].expression = "status in ('new')".into();
    // The server refuses this one; the others are none the worse for it.
    table.columns[4].default = Some("no_such_function()".into());
    canonicalize(&mut connection, &live, &mut models).expect("the server answers");
    let table = &models.tables[&session];
    assert_eq!(table.columns[1].default.as_deref(), Some("'old'"));
    assert_eq!(table.checks[0].expression, "status in ('new')");
    assert_eq!(table.columns[4].default.as_deref(), Some("no_such_function()"));
    assert_eq!(table.columns[2].default.as_deref(), Some("'ok'::mood"));
    assert_eq!(
        table.columns[5].generated, live.tables[&session].columns[5].generated,
        "what is equal is taken over"
    );
    // `1 + n - 0` is another expression than `n + 1`.
    assert_ne!(table.indexes[0], live.tables[&session].indexes[0]);
}

#[test]
fn equal_texts_cost_no_statement_and_many_no_more_than_one() {
    let (_scratch, mut connection) = Scratch::with(DATABASE);
    for n in 0..50 {
        run(
            &mut connection,
            &format!("CREATE TABLE t{n} (s VARCHAR(9) DEFAULT 'a' CHECK (s IN ('a', 'b')))"),
        );
    }
    let live = read(&mut connection);
    let counter = Counter::on(&mut connection);
    let mut same = live.clone();
    canonicalize(&mut connection, &live, &mut same).expect("nothing to ask");
    assert_eq!(counter.take(), 0);

    let mut models = live.clone();
    for table in models.tables.values_mut().filter(|t| t.name.name.starts_with('t')) {
        table.columns[0].default = Some("'a'".into());
        table.checks[0].expression = "s IN ('a', 'b')".into();
    }
    canonicalize(&mut connection, &live, &mut models).expect("the server answers");
    assert_eq!(models, live);
    // BEGIN, the scratch tables, one query, ROLLBACK; and the same again for what `IN` becomes.
    let count = counter.take();
    assert!(count <= 12, "{count}");
}

#[test]
fn a_transaction_of_the_caller_goes_on() {
    use diesel::Connection as _;
    let (_scratch, mut connection) = Scratch::with(DATABASE);
    let live = read(&mut connection);
    connection
        .transaction(|connection| {
            run(connection, "INSERT INTO session (id) VALUES (1)");
            let mut models = as_written(&live);
            models.tables.get_mut(&name("session")).expect("session").columns[1].default =
                Some("broken(".into());
            canonicalize(connection, &live, &mut models).expect("the server answers");
            run(connection, "INSERT INTO session (id, status) VALUES (2, 'done')");
            diesel::QueryResult::Ok(())
        })
        .expect("it commits");
    assert_eq!(super::scratch::lines(&mut connection, "SELECT id FROM session"), ["(1)", "(2)"]);
}
