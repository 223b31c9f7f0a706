//! What is read from a real database, against values thought out by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use glowplug::backend::sqlite::introspect::{catalog, introspect};
use glowplug::backend::{DatabaseError, Scope};
use glowplug::model::{
    CheckConstraint, Column, Conflict, Deferrable, ForeignKey, GeneratedStorage, Identity,
    IndexKey, PrimaryKey, ReferentialAction, Schema, SortOrder, Table, UniqueConstraint,
};

use super::database;

fn read(sql: &str) -> Schema {
    introspect(&mut database(sql), &Scope::default()).expect("the database is read")
}

fn table(schema: &Schema, name: &str) -> Table {
    schema.table(&name.into()).unwrap_or_else(|| panic!("no table {name}")).clone()
}

fn column(table: &Table, name: &str) -> Column {
    table.column(name).unwrap_or_else(|| panic!("no column {name}")).clone()
}

fn names<T>(items: impl IntoIterator<Item = T>, name: impl Fn(T) -> String) -> Vec<String> {
    items.into_iter().map(name).collect()
}

#[test]
fn a_table_of_the_seed_is_read() {
    let schema = read(
        r#"CREATE TABLE "session" ("id" INTEGER NOT NULL PRIMARY KEY, "created_at" DATETIME NOT NULL, "status" VARCHAR(20) NOT NULL, "plan" TEXT);
        CREATE INDEX "session_status" ON "session" ("status");
        CREATE TABLE "key_fact" ("id" INTEGER NOT NULL PRIMARY KEY, "session_id" INTEGER, FOREIGN KEY ("session_id") REFERENCES "session" ("id"));"#,
    );
    let session = table(&schema, "session");
    assert!(session.described);
    assert_eq!(
        session.primary_key,
        Some(PrimaryKey { options: Default::default(), name: None, columns: vec!["id".into()] })
    );
    let read = session
        .columns
        .iter()
        .map(|c| (c.name.as_str(), c.sql_type.native.as_deref().unwrap(), c.nullable, c.identity));
    assert_eq!(
        read.collect::<Vec<_>>(),
        [
            ("id", "INTEGER", false, Identity::Rowid),
            ("created_at", "DATETIME", false, Identity::Unstated),
            ("status", "VARCHAR(20)", false, Identity::Unstated),
            ("plan", "TEXT", true, Identity::Unstated),
        ]
    );
    assert_eq!(session.indexes.len(), 1);
    let index = &session.indexes[0];
    assert_eq!(index.name.as_deref(), Some("session_status"));
    assert_eq!(index.parts[0].key, IndexKey::Column("status".into()));
    assert_eq!(
        index.stored.as_deref(),
        Some(r#"CREATE INDEX "session_status" ON "session" ("status")"#)
    );
    assert_eq!(
        table(&schema, "key_fact").foreign_keys,
        [ForeignKey {
            options: Default::default(),
            name: None,
            columns: vec!["session_id".into()],
            foreign_table: "session".into(),
            foreign_columns: vec!["id".into()],
            on_delete: ReferentialAction::NoAction,
            on_update: ReferentialAction::NoAction,
            deferrable: Deferrable::NotDeferrable,
        }]
    );
    assert_eq!(schema.others, []);
}

#[test]
fn keys_tell_who_assigns_them_and_what_may_be_null() {
    let schema = read(
        "CREATE TABLE rowid_alias (id integer PRIMARY KEY);
        CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
        CREATE TABLE by_constraint (id INTEGER, a, PRIMARY KEY (id DESC));
        CREATE TABLE no_alias (id INT PRIMARY KEY);
        CREATE TABLE quirk (id INTEGER PRIMARY KEY DESC);
        CREATE TABLE without_rowid (id INTEGER PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE texts (id TEXT PRIMARY KEY);
        CREATE TABLE pair (b INTEGER, a INTEGER, CONSTRAINT pair_key PRIMARY KEY (a, b));
        CREATE TABLE keyless (id INTEGER)",
    );
    let key = |name: &str| {
        let id = column(&table(&schema, name), "id");
        (id.identity, id.nullable)
    };
    assert_eq!(key("rowid_alias"), (Identity::Rowid, false));
    assert_eq!(key("counted"), (Identity::ByDefault, false));
    assert_eq!(key("by_constraint"), (Identity::Rowid, false));
    assert_eq!(key("no_alias"), (Identity::Unassigned, true));
    assert_eq!(key("quirk"), (Identity::Unassigned, true));
    assert_eq!(key("without_rowid"), (Identity::Unassigned, false));
    assert_eq!(key("texts"), (Identity::Unstated, true));
    assert_eq!(key("keyless"), (Identity::Unstated, true));
    assert!(table(&schema, "without_rowid").options.without_rowid);
    let pair = table(&schema, "pair");
    let expected = PrimaryKey {
        options: Default::default(),
        name: Some("pair_key".into()),
        columns: vec!["a".into(), "b".into()],
    };
    assert_eq!(pair.primary_key, Some(expected));
    assert_eq!(column(&pair, "a").identity, Identity::Unstated);
    assert_eq!(table(&schema, "keyless").primary_key, None);
}

#[test]
fn everything_that_pragmas_do_not_say_is_read() {
    let schema = read(
        r#"CREATE TABLE product (
            id INTEGER PRIMARY KEY, -- the key
            code TEXT NOT NULL CONSTRAINT code_once UNIQUE ON CONFLICT REPLACE COLLATE NOCASE,
            price REAL DEFAULT 1.5 CHECK (price > 0 /* not free */),
            quantity INT NOT NULL DEFAULT -1,
            state TEXT DEFAULT pending,
            label TEXT DEFAULT 'it''s',
            blob BLOB DEFAULT x'00ff',
            made TEXT DEFAULT CURRENT_TIMESTAMP,
            half REAL DEFAULT (1.0 / 2),
            total REAL GENERATED ALWAYS AS (price * quantity) STORED,
            double REAL AS (total * 2),
            CONSTRAINT known CHECK (state IN ('pending', 'done'))
            CHECK (quantity <> 0)
            UNIQUE (code, label)
        ) STRICT"#,
    );
    let product = table(&schema, "product");
    assert!(product.options.strict);
    let defaults: Vec<_> = product.columns.iter().filter_map(|c| c.default.as_deref()).collect();
    assert_eq!(
        defaults,
        ["1.5", "-1", "'pending'", "'it''s'", "x'00ff'", "CURRENT_TIMESTAMP", "1.0 / 2"]
    );
    assert_eq!(column(&product, "code").collation.as_deref(), Some("NOCASE"));
    let total = column(&product, "total").generated.unwrap();
    assert_eq!(
        (total.expression.as_str(), total.storage),
        ("price * quantity", GeneratedStorage::Stored)
    );
    let double = column(&product, "double").generated.unwrap();
    assert_eq!(
        (double.expression.as_str(), double.storage),
        ("total * 2", GeneratedStorage::Virtual)
    );
    let check = |name: Option<&str>, expression: &str| CheckConstraint {
        options: Default::default(),
        name: name.map(str::to_owned),
        expression: expression.to_owned(),
    };
    assert_eq!(
        product.checks,
        [
            check(None, "price > 0"),
            check(Some("known"), "state IN ('pending', 'done')"),
            check(None, "quantity <> 0"),
        ]
    );
    let unique = |name: Option<&str>, columns: &[&str]| UniqueConstraint {
        options: Default::default(),
        name: name.map(str::to_owned),
        columns: names(columns, |c| (*c).to_owned()),
    };
    let mut once = unique(Some("code_once"), &["code"]);
    once.options.on_conflict = Some(Conflict::Replace);
    assert_eq!(product.uniques, [once, unique(None, &["code", "label"])]);
    assert_eq!(product.indexes, [], "the indexes behind constraints are none of their own");
    assert!(product.stored.unwrap().contains("-- the key\n"));
}

#[test]
fn foreign_keys_say_what_they_mean() {
    let schema = read(
        "CREATE TABLE Parent (Id INTEGER PRIMARY KEY, a, b, UNIQUE (a, b));
        CREATE TABLE other (x, y, PRIMARY KEY (y, x)) WITHOUT ROWID;
        CREATE TABLE child (
            p REFERENCES PARENT ON DELETE CASCADE NOT NULL DEFERRABLE INITIALLY DEFERRED,
            q INT, r INT,
            CONSTRAINT both FOREIGN KEY (Q, R) REFERENCES parent (A, B) ON UPDATE SET DEFAULT,
            FOREIGN KEY (q, r) REFERENCES other ON DELETE RESTRICT,
            FOREIGN KEY (q) REFERENCES nowhere
        )",
    );
    let keys = table(&schema, "child").foreign_keys;
    let read: Vec<_> = keys
        .iter()
        .map(|k| {
            (
                k.name.as_deref(),
                k.columns.join(" "),
                k.foreign_table.to_string(),
                k.foreign_columns.join(" "),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            (None, "p".into(), "Parent".into(), "Id".into()),
            (Some("both"), "q r".into(), "Parent".into(), "a b".into()),
            (None, "q r".into(), "other".into(), "y x".into()),
            // Nothing there to refer to: its own column stands in.
            (None, "q".into(), "nowhere".into(), "q".into()),
        ]
    );
    assert_eq!(keys[0].on_delete, ReferentialAction::Cascade);
    assert_eq!(keys[0].deferrable, Deferrable::InitiallyDeferred);
    assert_eq!(keys[1].on_update, ReferentialAction::SetDefault);
    assert_eq!(keys[2].on_delete, ReferentialAction::Restrict);
}

#[test]
fn indexes_are_read_with_their_expressions_and_conditions() {
    let schema = read(
        r#"CREATE TABLE t (a, b TEXT, "it's" INT);
        CREATE UNIQUE INDEX z ON t (lower(b), a COLLATE nocase DESC) WHERE "it's" > 0;
        CREATE INDEX "a ""b""" ON t ((a + 1), B, "nope")"#,
    );
    let indexes = table(&schema, "t").indexes;
    assert_eq!(names(&indexes, |i| i.name.clone().unwrap()), ["a \"b\"", "z"]);
    let keys = |at: usize| indexes[at].parts.iter().map(|p| p.key.clone()).collect::<Vec<_>>();
    assert_eq!(
        keys(0),
        [
            IndexKey::Expression("a + 1".into()),
            IndexKey::Column("b".into()),
            // No such column: a text to SQLite.
            IndexKey::Expression("\"nope\"".into()),
        ]
    );
    assert_eq!(keys(1), [IndexKey::Expression("lower(b)".into()), IndexKey::Column("a".into())]);
    assert!(indexes[1].unique && !indexes[0].unique);
    assert_eq!(indexes[1].parts[1].order, SortOrder::Descending);
    assert_eq!(indexes[1].parts[1].collation.as_deref(), Some("nocase"));
    assert_eq!(indexes[1].predicate.as_deref(), Some("\"it's\" > 0"));
}

#[test]
fn views_triggers_and_virtual_tables_are_none_of_the_tables() {
    let schema = read(
        "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT);
        CREATE VIEW recent AS SELECT * FROM note WHERE id > 5;
        CREATE VIEW \"pair \"\"x\" (\"as\", b) AS SELECT id, body FROM note;
        CREATE TRIGGER touch AFTER INSERT ON note BEGIN SELECT 1; END;
        CREATE VIRTUAL TABLE search USING fts5(body);
        CREATE VIRTUAL TABLE place USING rtree(id, x0, x1);
        CREATE TABLE search_log (id INTEGER PRIMARY KEY);
        CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL);
        CREATE TABLE __glowplug_history (version TEXT);
        CREATE INDEX __history ON __glowplug_history (version)",
    );
    assert_eq!(names(schema.tables.keys(), ToString::to_string), ["note", "search_log"]);
    let view = |name: &str| schema.views[&name.into()].clone();
    assert_eq!(view("recent").definition, "SELECT * FROM note WHERE id > 5");
    assert_eq!(
        view("pair \"x").definition,
        "WITH \"pair \"\"x\" (\"as\", b) AS (SELECT id, body FROM note) SELECT * FROM \"pair \"\"x\""
    );
    let mut others = names(&schema.others, |o| format!("{} {}", o.kind, o.name));
    others.sort();
    let mut expected: Vec<String> = ["config", "content", "data", "docsize", "idx"]
        .iter()
        .map(|part| format!("shadow table search_{part}"))
        .chain(["node", "parent", "rowid"].iter().map(|part| format!("shadow table place_{part}")))
        .collect();
    expected.extend(
        ["trigger touch", "virtual table place", "virtual table search"].map(str::to_owned),
    );
    expected.sort();
    assert_eq!(others, expected);
    let trigger = schema.others.iter().find(|o| o.kind == "trigger").unwrap();
    assert_eq!(trigger.table, Some("note".into()));
    assert!(trigger.sql.as_deref().unwrap().starts_with("CREATE TRIGGER touch"));
}

#[test]
fn hostile_names_come_back_as_they_are() {
    let long = "n".repeat(200);
    let odd = [
        "odd \"name\"",
        "it's",
        "a]b",
        "`tick`",
        "new\nline",
        "🚂",
        "select",
        "-- x",
        "/* x */",
        "1st",
        long.as_str(),
    ];
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    let columns =
        odd.iter().map(|name| format!("{} TEXT", quote(name))).collect::<Vec<_>>().join(", ");
    let mut sql = String::new();
    for name in odd {
        sql += &format!("CREATE TABLE {0} ({columns}, PRIMARY KEY ({0}));", quote(name));
        sql +=
            &format!("CREATE INDEX {} ON {1} ({1});", quote(&format!("index {name}")), quote(name));
    }
    let schema = read(&sql);
    assert_eq!(schema.tables.len(), odd.len());
    for name in odd {
        let table = table(&schema, name);
        assert_eq!(names(&table.columns, |c| c.name.clone()), odd);
        assert_eq!(table.sole_key(), Some(name));
        assert_eq!(table.indexes[0].name.as_deref(), Some(format!("index {name}").as_str()));
        assert_eq!(table.indexes[0].parts[0].key, IndexKey::Column(name.to_owned()));
    }
}

#[test]
fn a_text_that_cannot_be_read_leaves_what_the_pragmas_say() {
    // A name of a constraint without a constraint is legal SQLite, and no grammar of ours.
    let sql = "CREATE TABLE odd (
            id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'x' CONSTRAINT lonely,
            p INT REFERENCES parent ON DELETE CASCADE, g INT AS (id) STORED,
            UNIQUE (a, p), FOREIGN KEY (a, p) REFERENCES pair (x, y)
        ) STRICT;
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE pair (x TEXT, y INT, PRIMARY KEY (x, y));
        CREATE INDEX odd_a ON odd (a DESC)";
    let schema = read(sql);
    let odd = table(&schema, "odd");
    assert!(glowplug::backend::sqlite::stored::read_table(odd.stored.as_deref().unwrap()).is_err());
    assert_eq!(
        names(&schema.others, |o| format!("{} {}", o.kind, o.name)),
        ["unread checks and collations odd"]
    );
    assert!(odd.options.strict);
    assert_eq!(odd.sole_key(), Some("id"));
    assert_eq!(column(&odd, "id").identity, Identity::Rowid);
    let a = column(&odd, "a");
    assert_eq!((a.nullable, a.default.as_deref()), (false, Some("'x'")));
    assert_eq!(column(&odd, "g").generated.unwrap().storage, GeneratedStorage::Stored);
    assert_eq!(
        odd.uniques,
        [UniqueConstraint {
            options: Default::default(),
            name: None,
            columns: vec!["a".into(), "p".into()]
        }]
    );
    assert_eq!(odd.indexes[0].parts[0].order, SortOrder::Descending);
    let mut keys: Vec<_> = odd
        .foreign_keys
        .iter()
        .map(|k| {
            (
                k.columns.join(" "),
                k.foreign_table.to_string(),
                k.foreign_columns.join(" "),
                k.on_delete,
            )
        })
        .collect();
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(
        keys,
        [
            ("a p".into(), "pair".into(), "x y".into(), ReferentialAction::NoAction),
            ("p".into(), "parent".into(), "id".into(), ReferentialAction::Cascade),
        ]
    );
}

#[test]
fn a_temporary_table_hides_nothing() {
    let schema = read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);
        CREATE TEMP TABLE t (z INT);
        ATTACH ':memory:' AS elsewhere;
        CREATE TABLE elsewhere.u (id INT)",
    );
    assert_eq!(names(schema.tables.keys(), ToString::to_string), ["t"]);
    assert_eq!(names(&table(&schema, "t").columns, |c| c.name.clone()), ["id", "a"]);
}

#[test]
fn the_catalog_is_the_servers_own_text() {
    let mut connection = database(
        "CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE);
        CREATE TABLE a (x);
        CREATE INDEX i ON a (x);
        CREATE VIEW v AS SELECT 1;
        CREATE TRIGGER r AFTER DELETE ON a BEGIN SELECT 1; END",
    );
    let entries = catalog(&mut connection).unwrap();
    let read: Vec<_> = entries
        .iter()
        .map(|e| (e.kind.as_str(), e.name.as_str(), e.table.as_deref(), e.text.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("index", "i", Some("a"), "CREATE INDEX i ON a (x)"),
            ("index", "sqlite_autoindex_b_1", Some("b"), ""),
            ("table", "a", None, "CREATE TABLE a (x)"),
            ("table", "b", None, "CREATE TABLE b (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE)"),
            ("trigger", "r", Some("a"), "CREATE TRIGGER r AFTER DELETE ON a BEGIN SELECT 1; END"),
            ("view", "v", None, "CREATE VIEW v AS SELECT 1"),
        ]
    );
}

#[test]
fn a_file_that_is_no_database_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("not.db");
    std::fs::write(&file, "this is no database, and long enough to be looked at".repeat(100))
        .unwrap();
    let mut connection = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
    let error = introspect(&mut connection, &Scope::default()).unwrap_err();
    let DatabaseError::Query { doing, source } = &error else { panic!("{error}") };
    assert_eq!(doing, "reading `sqlite_master`");
    assert_eq!(source.to_string(), "file is not a database");
}

#[test]
fn a_damaged_file_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("damaged.db");
    let path = file.to_str().unwrap();
    {
        let mut connection = SqliteConnection::establish(path).unwrap();
        let sql = "CREATE TABLE t (a); PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a' WHERE name = 't'";
        diesel::connection::SimpleConnection::batch_execute(&mut connection, sql).unwrap();
    }
    let mut connection = SqliteConnection::establish(path).unwrap();
    let error = introspect(&mut connection, &Scope::default()).unwrap_err();
    let DatabaseError::Query { source, .. } = &error else { panic!("{error}") };
    assert!(source.to_string().contains("malformed database schema (t)"), "{source}");
}

#[test]
fn the_number_of_statements_does_not_grow_with_the_tables() {
    let count = |tables: usize, odd: &str| {
        let sql: String = (0..tables)
            .map(|n| format!("CREATE TABLE t{n} (id INTEGER PRIMARY KEY, a TEXT UNIQUE, p REFERENCES t0 {odd}); CREATE INDEX i{n} ON t{n} (p);"))
            .collect();
        let mut connection = database(&sql);
        let statements = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&statements);
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        });
        let schema = introspect(&mut connection, &Scope::default()).unwrap();
        assert_eq!(schema.tables.len(), tables);
        statements.load(Ordering::Relaxed)
    };
    assert_eq!((count(1, ""), count(50, "")), (3, 3));
    assert_eq!((count(1, "CONSTRAINT lonely"), count(50, "CONSTRAINT lonely")), (6, 6));
}
