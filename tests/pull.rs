//! What is printed, parsed and compared with the database it came from, is no difference.

#[rustfmt::skip]
#[allow(dead_code, non_snake_case, unreachable_pub, unused_imports)]
mod odd;

#[cfg(feature = "postgres")]
mod postgres;

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;
use glowplug::backend::resolve::{Drops, resolve};
use glowplug::backend::sqlite::{Sqlite, introspect::introspect};
use glowplug::backend::{Backend, Dialect, Scope};
use glowplug::diff::{Operation, diff};
use glowplug::model::Schema;
use glowplug::parse::parse_source;
use glowplug::pull::print;

fn read(sql: &str) -> Schema {
    let mut connection = SqliteConnection::establish(":memory:").expect("SQLite opens");
    connection.batch_execute(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    introspect(&mut connection, &Scope::default()).expect("the database is read")
}

fn pulled(schema: &Schema) -> String {
    print(schema, &Sqlite).unwrap_or_else(|refusals| panic!("{refusals:#?}"))
}

/// What `create` would plan right after `pull`.
fn difference(database: &Schema, text: &str) -> Vec<Operation> {
    let models = parse_source(Path::new("schema.rs"), text, Backend::Sqlite)
        .unwrap_or_else(|errors| panic!("{errors}\n{text}"));
    let mut database = database.clone();
    Sqlite.normalize(&mut database);
    let resolved = resolve(&models, &database, &Sqlite, &Drops::Unnamed)
        .unwrap_or_else(|refusals| panic!("{refusals:#?}\n{text}"));
    diff(&database, &resolved.schema)
}

fn assert_lossless(sql: &str) -> String {
    let schema = read(sql);
    let text = pulled(&schema);
    let difference = difference(&schema, &text);
    assert!(difference.is_empty(), "{difference:#?}\n{text}");
    text
}

#[test]
fn a_readable_schema() {
    let text = assert_lossless(
        r#"CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, status VARCHAR(20) NOT NULL, plan TEXT, cost REAL, CONSTRAINT status_known CHECK (status IN ('pending', 'done')));
        CREATE INDEX session_status ON session (status);
        CREATE TABLE key_fact (id INTEGER PRIMARY KEY AUTOINCREMENT, content TEXT NOT NULL COLLATE NOCASE, session_id INTEGER REFERENCES session ON DELETE CASCADE, UNIQUE (session_id, content));
        CREATE UNIQUE INDEX key_fact_once ON key_fact (lower(content), session_id DESC) WHERE session_id IS NOT NULL;
        CREATE VIEW pending AS SELECT * FROM session WHERE status = 'pending';
        CREATE TRIGGER touch AFTER INSERT ON key_fact BEGIN SELECT 1; END;"#,
    );
    assert_eq!(
        text,
        r#"// Read from a database by `glowplug pull`. It is yours to edit.

diesel::table! {
    key_fact (id) {
        id -> Integer,
        content -> Text,
        session_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table key_fact {
        id: identity;
        content: collate "NOCASE";
        unique (session_id, content);
        foreign key (session_id) references session (id) on delete cascade;
        unique index key_fact_once ("lower(content)", session_id desc) where "session_id IS NOT NULL";
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        created_at -> Timestamp,
        #[max_length = 20]
        status -> Varchar,
        plan -> Nullable<Text>,
        cost -> Nullable<Float>,
    }
}

glowplug::ddl! {
    table session {
        created_at: type "DATETIME", default "CURRENT_TIMESTAMP";
        check status_known "status IN ('pending', 'done')";
        index session_status (status);
    }
}

glowplug::ddl! {
    view pending "SELECT * FROM session WHERE status = 'pending'";
}

diesel::joinable!(key_fact -> session (session_id));

diesel::allow_tables_to_appear_in_same_query!(
    key_fact,
    session,
);

// The database also has these. No model can say them, and they are kept as they are:
// trigger `touch` of `key_fact`
"#
    );
}

#[test]
fn what_no_model_says_is_named() {
    let text = pulled(&read(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT CONSTRAINT perhaps NULL DEFAULT 1 DEFAULT 2
         REFERENCES t MATCH FULL)",
    ));
    assert!(
        text.ends_with(
            "// The database also has these. No model can say them, and they are kept as they are:\n\
             // `CONSTRAINT perhaps NULL` of `b`, table `t`\n\
             // `DEFAULT 1` of `b`, which a later one overrides, table `t`\n\
             // `MATCH FULL` of REFERENCES t of `b`, table `t`\n"
        ),
        "{text}"
    );
}

#[test]
fn traps_are_shown() {
    let text = assert_lossless(
        r#"CREATE TABLE org (id INTEGER PRIMARY KEY, name TEXT, code STRING, place FLOATING POINT, big BIGINT, at DATETIME);
        CREATE TABLE member (org_id INT REFERENCES gone, name TEXT UNIQUE REFERENCES org (name), at INT REFERENCES org (since),
            CHECK (name <> "nobody" AND "name" <> 'x'), FOREIGN KEY (org_id) REFERENCES org (id));
        CREATE INDEX constant ON member ("nmae"); CREATE INDEX literal ON member (5, name);
        CREATE INDEX first ON org (name, code DESC); CREATE INDEX second ON org (name, code DESC);
        CREATE INDEX needless ON member (name); CREATE INDEX lonely ON member (at) WHERE at > "now";
        CREATE TABLE strict (code INT, point INT) STRICT"#,
    );
    let (_, traps) = text.split_once("// Worth a look").expect("there are traps");
    assert_eq!(
        traps,
        r#", since it does not do what it seems to:
// "nobody" in the check `name <> "nobody" AND "name" <> 'x'` of `member` is a text: `member` has no such column
// "now" in the index `lonely` is a text: `member` has no such column
// the index `constant` of `member` is over "nmae", one value for all rows
// the index `literal` of `member` is over 5, one value for all rows
// the index `needless` of `member` is one too many: a key or unique constraint has an index over the same columns already
// the foreign key of `member` (org_id) refers to `gone`, which is not there
// the foreign key of `member` (name) refers to `org` (name), which is not unique
// the foreign key of `member` (at) refers to `org.since`, which is not there
// column `org.code` is declared STRING, which SQLite takes for a number: the text '007' is kept as 7
// column `org.place` is declared FLOATING POINT, which holds the letters INT: a text of digits becomes an integer
// the index `second` says what the index `first` says already
"#
    );
}

#[test]
fn an_ordinary_database_has_no_traps() {
    let text = assert_lossless(
        "CREATE TABLE org (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE, at TIMESTAMP, cost NUMERIC(12, 2), done BOOLEAN, raw VARBINARY, anything);
        CREATE TABLE member (id BIGINT PRIMARY KEY, org_id INT REFERENCES org, org_name TEXT REFERENCES org (name), CHECK (\"org_name\" COLLATE \"NOCASE\" <> 'x'));
        CREATE INDEX member_org ON member (org_id, lower(org_name)); CREATE UNIQUE INDEX member_name ON member (org_name)",
    );
    assert!(!text.contains("Worth a look"), "{text}");
}

#[test]
fn nothing_is_lost() {
    for sql in [
        "",
        // Keys.
        "CREATE TABLE a (id INT PRIMARY KEY); CREATE TABLE b (id BIGINT PRIMARY KEY, x INTEGER);
         CREATE TABLE c (id INTEGER PRIMARY KEY DESC); CREATE TABLE d (id INTEGER PRIMARY KEY) WITHOUT ROWID;
         CREATE TABLE e (id TEXT PRIMARY KEY); CREATE TABLE f (b INTEGER, a INTEGER NOT NULL, CONSTRAINT k PRIMARY KEY (b, a));
         CREATE TABLE g (id INTEGER, PRIMARY KEY (id AUTOINCREMENT)); CREATE TABLE h (id INTEGER CONSTRAINT hk PRIMARY KEY)",
        // None.
        "CREATE TABLE a (x TEXT, y INT); CREATE TABLE b (x TEXT NOT NULL, y INT NOT NULL UNIQUE);
         CREATE TABLE c (id INTEGER); CREATE TABLE d (x)",
        // Types.
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a, b TINYINT(1), c BOOLEAN, d INT2, e BIG INT, f INT, g VARCHAR(20), h CHARACTER VARYING (9), i TEXT(5), j CLOB, k BLOB, l BINARY(16), m REAL, n FLOAT, o DOUBLE PRECISION, p NUMERIC(12, 2), q DECIMAL, r DATETIME, s TIMESTAMP, t2 DATE, u TIME, v JSON, w JSONB, x STRING, y MONEY, z \"my type\"(3), aa TIMESTAMP WITH TIME ZONE, ab UUID)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b REAL, c TEXT, d BLOB, e ANY) STRICT;
         CREATE TABLE u (id INT PRIMARY KEY, a ANY) STRICT, WITHOUT ROWID",
        // Defaults.
        r###"CREATE TABLE t (a DEFAULT NULL, b DEFAULT 'it''s', c DEFAULT word, d DEFAULT "quoted", e DEFAULT -1.5, f DEFAULT (1 + 2), g DEFAULT x'00', h DEFAULT CURRENT_DATE, i TEXT DEFAULT 'two
lines', j DEFAULT TRUE, k DEFAULT '\"#"##', l DEFAULT (')'), m DEFAULT '')"###,
        // Generated.
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT GENERATED ALWAYS AS (a * 2) STORED, c AS (b + 1), d TEXT AS (a || ';') VIRTUAL NOT NULL)",
        // Checks and uniques.
        r#"CREATE TABLE t (a INT CHECK (a > 0 -- positive
         ), b TEXT UNIQUE ON CONFLICT REPLACE CHECK (b <> '"') CONSTRAINT "odd name" CHECK (b <> ';'), CONSTRAINT "select" UNIQUE (a, b) CONSTRAINT "index" CHECK (a <> b), CHECK ((a) > (1)), CONSTRAINT "key" UNIQUE (b, a))"#,
        // Conflict clauses, everywhere and all of them.
        "CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, a INT NOT NULL ON CONFLICT ROLLBACK UNIQUE ON CONFLICT ABORT, b TEXT NOT NULL ON CONFLICT FAIL UNIQUE ON CONFLICT IGNORE, c NOT NULL ON CONFLICT ABORT, CHECK (a > 0) ON CONFLICT ROLLBACK, UNIQUE (a, b) ON CONFLICT REPLACE);
         CREATE TABLE u (id INTEGER PRIMARY KEY ASC ON CONFLICT FAIL AUTOINCREMENT); CREATE TABLE v (a, b, PRIMARY KEY (b, a) ON CONFLICT IGNORE) WITHOUT ROWID",
        // Orders and collations within keys.
        "CREATE TABLE a (id INTEGER, x TEXT, PRIMARY KEY (id DESC)); CREATE TABLE b (id INTEGER, PRIMARY KEY (id DESC AUTOINCREMENT) ON CONFLICT FAIL);
         CREATE TABLE c (id INTEGER PRIMARY KEY DESC ON CONFLICT IGNORE); CREATE TABLE d (k TEXT PRIMARY KEY DESC, x TEXT UNIQUE); CREATE TABLE e (k TEXT, PRIMARY KEY (k COLLATE nocase DESC)) WITHOUT ROWID;
         CREATE TABLE f (k TEXT, x TEXT, PRIMARY KEY (k, x COLLATE RTRIM), UNIQUE (x COLLATE nocase, k DESC), UNIQUE (x COLLATE NOCASE, x COLLATE BINARY), UNIQUE (k, k));
         CREATE TABLE g (id INTEGER, PRIMARY KEY (id COLLATE NOCASE))",
        // Names of everything, some of them the same.
        r#"CREATE TABLE t (id INTEGER CONSTRAINT k PRIMARY KEY, a TEXT CONSTRAINT "a there" NOT NULL CONSTRAINT x DEFAULT '' CONSTRAINT y COLLATE RTRIM CONSTRAINT x CHECK (a <> 'x'), b INT CONSTRAINT g GENERATED ALWAYS AS (id * 2) STORED CONSTRAINT u UNIQUE, c INT CONSTRAINT r REFERENCES t, d CONSTRAINT one CONSTRAINT two NOT NULL, CONSTRAINT x CHECK (c > 0), CONSTRAINT x UNIQUE (a, c)); CREATE INDEX x ON t (a)"#,
        // One foreign key said twice, and two ways from one column to one table.
        "CREATE TABLE t (a INT PRIMARY KEY REFERENCES t (a) ON DELETE CASCADE REFERENCES t (a), b REFERENCES t REFERENCES t, c INT REFERENCES t DEFERRABLE, d INT REFERENCES t NOT DEFERRABLE INITIALLY DEFERRED, e INT REFERENCES t DEFERRABLE INITIALLY IMMEDIATE)",
        // Foreign keys.
        "CREATE TABLE p (id INTEGER PRIMARY KEY, a, b, UNIQUE (a, b));
         CREATE TABLE c (id INTEGER PRIMARY KEY, p1 INT REFERENCES p ON UPDATE CASCADE, p2 INT REFERENCES P (ID) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, x REFERENCES nowhere (\"odd col\"), y, z, self INT REFERENCES c, FOREIGN KEY (y, z) REFERENCES p (a, b) ON DELETE SET DEFAULT ON UPDATE RESTRICT, CONSTRAINT named FOREIGN KEY (z) REFERENCES p DEFERRABLE);
         CREATE TABLE d (c_id BIGINT PRIMARY KEY REFERENCES c)",
        // Indexes.
        r#"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT COLLATE RTRIM, b INT);
         CREATE INDEX "where" ON t (a); CREATE INDEX "on" ON t (b); CREATE INDEX t_a_idx ON t (a);
         CREATE INDEX i1 ON t (a COLLATE nocase DESC, b); CREATE UNIQUE INDEX i2 ON t (b DESC) WHERE a IS NOT NULL AND b <> 'x';
         CREATE INDEX i3 ON t (b + 1, lower(a) COLLATE BINARY, "no column"); CREATE INDEX "i ""4" ON t (a, a)"#,
        // Views.
        r#"CREATE TABLE t (a, b); CREATE VIEW v AS SELECT a FROM t -- why
         WHERE b = '"'; CREATE VIEW "odd view" (x, "y z") AS SELECT a, b FROM t; CREATE VIEW "2" AS VALUES (1);"#,
        // Others.
        "CREATE TABLE t (a); CREATE VIRTUAL TABLE s USING fts5(a); CREATE TRIGGER \"new\nline\" AFTER INSERT ON t BEGIN SELECT 1; END",
        // A comment at each place, no comma between constraints, and quirks of SQLite.
        "CREATE TABLE t ( -- first\n a INT /* second */ NOT NULL ON CONFLICT IGNORE, -- third\n b 'TEXT' COLLATE \"nocase\" NULL, PRIMARY KEY (a, b DESC) CHECK (a) UNIQUE (b) ON CONFLICT FAIL /* end */ ) -- after",
    ] {
        assert_lossless(sql);
    }
}

/// Names that are no Rust names, or that would hide something of Diesel's.
fn odd_names() -> Vec<String> {
    let odd = [
        "odd \"name\"",
        "it's",
        "a]b",
        "`tick`",
        "new\nline",
        "carriage\rreturn",
        "🚂",
        "🚃",
        "select",
        "type",
        "self",
        "crate",
        "_",
        "__",
        "__x",
        "1st",
        "-- x",
        "/* x */",
        "*/",
        "a b",
        "a_b",
        "a-b",
        "columns",
        "table",
        "star",
        "dsl",
        "all_columns",
        "SqlType",
        "diesel",
        "glowplug",
        "sql_types",
        "gen",
        "async",
        "\u{202e}rtl",
        "back\\slash",
        "#",
        "\"#",
        "{",
        "}",
        ";",
    ];
    odd.into_iter().map(str::to_owned).chain([("n".repeat(200))]).collect()
}

/// A table of every `step`th name, with columns of the names behind it.
fn odd_tables(step: usize) -> String {
    let quote = |name: &String| format!("\"{}\"", name.replace('"', "\"\""));
    let names: Vec<String> = odd_names().iter().map(quote).collect();
    let mut sql = String::new();
    for (at, name) in names.iter().enumerate().step_by(step) {
        // Diesel's tables have 32 columns unless a feature of it allows more.
        let others = names.iter().cycle().skip(at + 1).take(25);
        let columns: Vec<_> = others.map(|name| format!("{name} TEXT DEFAULT 1")).collect();
        let next = &names[(at + 1) % names.len()];
        sql += &format!(
            "CREATE TABLE {name} ({name} INT NOT NULL PRIMARY KEY, {}, CONSTRAINT {name} UNIQUE ({name}, {next}),
                CHECK ({next} <> 'x'), FOREIGN KEY ({next}) REFERENCES {next} ({next}));
            CREATE INDEX {next} ON {name} ({name} DESC, {next});",
            columns.join(", ")
        )
        // An index and a table cannot share a name.
        .replace("CREATE INDEX \"", "CREATE INDEX \"i ");
    }
    sql
}

#[test]
fn hostile_names_get_rust_names() {
    assert_lossless(&odd_tables(1));
}

/// rustc compiles the file as a module of this test.
#[test]
fn what_is_printed_compiles() {
    let text = pulled(&read(&odd_tables(8)));
    let written = include_str!("pull/odd.rs");
    if text != written {
        let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/odd.rs");
        std::fs::write(path, &text).unwrap();
        panic!("`tests/pull/odd.rs` is not what is printed: copy {path} over it");
    }
}

#[test]
fn random_tables_lose_nothing() {
    for seed in 0..300 {
        let (table, _) = crate::sqlite::random::create(&mut fastrand::Rng::with_seed(seed));
        let schema = read(&format!("CREATE TABLE parent (id INTEGER PRIMARY KEY); {table}"));
        match print(&schema, &Sqlite) {
            Ok(text) => {
                let difference = difference(&schema, &text);
                assert!(difference.is_empty(), "seed {seed}: {difference:#?}\n{table}\n{text}");
            }
            Err(refusals) => assert!(
                refusals.iter().all(|refusal| refusal.reason.starts_with("two ")),
                "seed {seed}: {refusals:#?}"
            ),
        }
    }
}

#[test]
fn what_has_no_words_is_refused_by_name() {
    let refused = |sql: &str| {
        let refusals = print(&read(sql), &Sqlite).expect_err("it has no words");
        refusals.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        refused("CREATE TABLE t (\"\" INT, a)"),
        ["column `t.`: its name is empty, and `#[sql_name]` needs one"]
    );
}

#[test]
fn a_changed_text_is_a_difference() {
    let schema = read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x' CHECK (a <> 'y')); CREATE INDEX i ON t (a)",
    );
    let text = pulled(&schema);
    for (old, new) in [
        ("'x'", "'z'"),
        ("'y'", "'z'"),
        ("index i (a)", "index i (id)"),
        ("Nullable<Text>", "Text"),
    ] {
        assert!(text.contains(old), "{text}");
        assert!(!difference(&schema, &text.replace(old, new)).is_empty(), "{old} and {new}");
    }
}
