//! What each probe counts.

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, RunQueryDsl as _};
use glowplug::apply::probe::count;
use glowplug::backend::Backend;
use glowplug::diff::{Operation, rename::Rename};
use glowplug::model::{
    CheckConstraint, Column, Deferrable, ForeignKey, IndexKey, IndexPart, PrimaryKey,
    QualifiedName, ReferentialAction, Schema, SqlType, Table, UniqueConstraint,
};
use glowplug::plan::safety::{self, Finding, Probe, Source, SourceColumn};

use super::scratch::Scratch;

fn finding(count: i64, total: i64, sample: &[&str]) -> Finding {
    Finding { count, total, sample: sample.iter().map(|s| (*s).to_owned()).collect() }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn source(table: &str) -> Source {
    Source { table: QualifiedName::new(table), alias: table.to_owned(), columns: Vec::new() }
}

fn duplicates(table: &str, columns: &[&str]) -> Probe {
    Probe::Duplicates {
        source: source(table),
        parts: columns.iter().map(|column| IndexPart::column(*column)).collect(),
        predicate: None,
    }
}

#[test]
fn rows_and_nulls() {
    let sql = "
        CREATE TABLE session (org integer, id integer, plan varchar(20), PRIMARY KEY (org, id));
        CREATE TABLE bare (plan integer);
        INSERT INTO session VALUES (2, 1, NULL), (1, 7, NULL), (1, 10, 'free'), (1, 8, '');
        INSERT INTO bare VALUES (NULL), (1);";
    for mut scratch in Scratch::both(sql) {
        let session = QualifiedName::new("session");
        let plan = || "plan".to_owned();
        let mut ask = |probe| count(scratch.connection(), &probe).unwrap();
        assert_eq!(ask(Probe::Rows { table: session.clone() }), finding(4, 4, &[]));
        let non_null = Probe::NonNull { table: session.clone(), column: plan() };
        assert_eq!(ask(non_null), finding(2, 4, &[]), "an empty text is a value");
        let key = names(&["org", "id"]);
        let nulls = Probe::Nulls { table: session, column: plan(), key };
        assert_eq!(ask(nulls), finding(2, 4, &["1, 7", "2, 1"]));
        let table = QualifiedName::new("bare");
        let nulls = Probe::Nulls { table, column: plan(), key: Vec::new() };
        assert_eq!(ask(nulls), finding(1, 2, &[]), "a table without a key");
    }
}

#[test]
fn hostile_names() {
    let sql = r#"
        CREATE TABLE "odd ""table""; --" ("select" integer PRIMARY KEY, "a.b'c`d" integer);
        INSERT INTO "odd ""table""; --" VALUES (1, NULL), (2, 5), (3, 5);"#;
    let (table, column) = ("odd \"table\"; --", "a.b'c`d");
    for mut scratch in Scratch::both(sql) {
        let backend = scratch.backend();
        let mut ask = |probe| count(scratch.connection(), &probe).unwrap();
        let key = names(&["select"]);
        let nulls =
            Probe::Nulls { table: table.into(), column: column.to_owned(), key: key.clone() };
        assert_eq!(ask(nulls), finding(1, 3, &["1"]));
        assert_eq!(ask(duplicates(table, &[column])), finding(1, 3, &["5"]));
        let orphans = Probe::Orphans {
            source: source(table),
            columns: names(&[column]),
            foreign_table: table.into(),
            foreign_columns: key.clone(),
        };
        assert_eq!(ask(orphans), finding(2, 3, &["5"]), "a table that refers to itself");
        let expression = r#""odd ""table""; --"."a.b'c`d" < 5"#.to_owned();
        let violations = Probe::Violations { source: source(table), expression, key };
        assert_eq!(ask(violations), finding(2, 3, &["2", "3"]), "NULL breaks no check");
        let to = if backend == Backend::Sqlite { "TEXT" } else { "text" };
        let unconvertible = Probe::Unconvertible {
            table: table.into(),
            column: column.to_owned(),
            from: "integer".to_owned(),
            to: to.to_owned(),
        };
        assert_eq!(ask(unconvertible), finding(0, 3, &[]));
    }
}

/// Without an index over the columns that are referred to, too, each row is looked up once: affinity
/// and collation are those of the foreign key.
#[test]
fn orphans_are_looked_up_by_an_index() {
    use std::sync::{Arc, Mutex};

    use diesel::connection::InstrumentationEvent;
    use glowplug::connection::AnyConnection;

    let sql = "
        CREATE TABLE parent (k TEXT COLLATE NOCASE, n INTEGER, t TEXT);
        CREATE TABLE child (k TEXT, n TEXT, t INTEGER);
        INSERT INTO parent VALUES ('A', 1, '7'), ('A', 1, '7'), ('b', 2, '08'), (NULL, 3, NULL);
        INSERT INTO child VALUES
            ('a', '1', 7), ('B', '02', 8), ('c', 'x', 9), (NULL, '1', 7), ('a', NULL, NULL);";
    let mut scratch = Scratch::sqlite(sql);
    let cases: [(&[&str], i64, &[&str]); 5] = [
        (&["k"], 1, &["c"]),
        (&["n"], 1, &["x"]),
        (&["t"], 2, &["8", "9"]),
        (&["k", "n"], 1, &["c, x"]),
        (&["n", "k"], 1, &["x, c"]),
    ];
    for (columns, found, sample) in cases {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let AnyConnection::Sqlite(connection) = scratch.connection() else { unreachable!() };
        connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                // Behind the SQL stand the values that are bound.
                let query = query.to_string();
                let sql = query.split(" -- binds").next().unwrap_or_default().to_owned();
                heard.lock().unwrap().push(sql);
            }
        });
        let orphans = Probe::Orphans {
            source: source("child"),
            columns: names(columns),
            foreign_table: "parent".into(),
            foreign_columns: names(columns),
        };
        assert_eq!(count(scratch.connection(), &orphans).unwrap(), finding(found, 5, sample));
        let asked = asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 2, "{asked:?}");
        for sql in asked {
            let plan = scratch.plan(&sql);
            assert!(plan.contains("AUTOMATIC") && !plan.contains("CORRELATED"), "{sql}\n{plan}");
        }
    }
}

#[test]
fn named_schemas() {
    let mut scratch = Scratch::postgres(
        r#"CREATE SCHEMA "Odd ""schema""";
           CREATE TABLE "Odd ""schema""".event (id integer PRIMARY KEY, parent integer);
           CREATE TABLE public.event (id integer PRIMARY KEY, parent integer);
           INSERT INTO "Odd ""schema""".event VALUES (1, NULL), (2, 1), (3, 9);"#,
    );
    let table = QualifiedName::in_schema("Odd \"schema\"", "event");
    let mut ask = |probe| count(scratch.connection(), &probe).unwrap();
    assert_eq!(ask(Probe::Rows { table: table.clone() }), finding(3, 3, &[]));
    let column = "parent".to_owned();
    let key = names(&["id"]);
    let nulls = Probe::Nulls { table: table.clone(), column, key: key.clone() };
    assert_eq!(ask(nulls), finding(1, 3, &["1"]));
    let source = Source { table: table.clone(), alias: "event".to_owned(), columns: Vec::new() };
    let columns = names(&["parent"]);
    let orphans = Probe::Orphans { source, columns, foreign_table: table, foreign_columns: key };
    assert_eq!(ask(orphans), finding(1, 3, &["9"]));
}

#[test]
fn duplicates_as_an_index_sees_them() {
    let sql = "
        CREATE TABLE person (id integer PRIMARY KEY, org integer, email varchar(40), gone integer);
        INSERT INTO person VALUES
            (1, 1, 'a@x', NULL), (2, 1, 'a@x', 1), (3, 1, 'A@x', NULL),
            (4, NULL, 'b@x', NULL), (5, NULL, 'b@x', NULL), (6, 2, 'a@x', NULL), (7, 2, NULL, 1);";
    for mut scratch in Scratch::both(sql) {
        let backend = scratch.backend();
        let mut ask = |probe| count(scratch.connection(), &probe).unwrap();
        assert_eq!(ask(duplicates("person", &["email"])), finding(2, 7, &["a@x", "b@x"]));
        let both = ask(duplicates("person", &["org", "email"]));
        assert_eq!(both, finding(1, 7, &["1, a@x"]), "a NULL is equal to nothing");
        let mut partial = duplicates("person", &["org", "email"]);
        if let Probe::Duplicates { predicate, .. } = &mut partial {
            *predicate = Some("gone IS NULL OR 1 = 0".to_owned());
        }
        assert_eq!(ask(partial), finding(0, 7, &[]), "only rows of the partial index");
        let lower = IndexPart {
            key: IndexKey::Expression("lower(email)".to_owned()),
            ..IndexPart::column("")
        };
        let parts = vec![IndexPart::column("org"), lower];
        let probe = Probe::Duplicates { source: source("person"), parts, predicate: None };
        assert_eq!(ask(probe), finding(1, 7, &["1, a@x"]));
        if backend == Backend::Sqlite {
            let nocase =
                IndexPart { collation: Some("NOCASE".to_owned()), ..IndexPart::column("email") };
            let predicate = Some("gone IS NULL AND org = 1".to_owned());
            let probe =
                Probe::Duplicates { source: source("person"), parts: vec![nocase], predicate };
            assert_eq!(ask(probe), finding(1, 7, &["A@x"]), "a@x and A@x are equal by NOCASE");
        }
    }
}

#[test]
fn orphans_match_simple() {
    let sql = "
        CREATE TABLE plan (org integer, name varchar(20), PRIMARY KEY (org, name));
        CREATE TABLE session (id integer PRIMARY KEY, org integer, plan varchar(20));
        INSERT INTO plan VALUES (1, 'free'), (2, 'pro');
        INSERT INTO session VALUES
            (1, 1, 'free'), (2, 1, 'pro'), (3, NULL, 'none'), (4, 9, NULL), (5, 2, 'pro'), (6, 0, 'x');";
    for mut scratch in Scratch::both(sql) {
        let probe = Probe::Orphans {
            source: source("session"),
            columns: names(&["org", "plan"]),
            foreign_table: QualifiedName::new("plan"),
            foreign_columns: names(&["org", "name"]),
        };
        let found = count(scratch.connection(), &probe).unwrap();
        assert_eq!(found, finding(2, 6, &["0, x", "1, pro"]));
    }
}

#[test]
fn rows_as_the_plan_will_see_them() {
    let sql = "
        CREATE TABLE session (id integer PRIMARY KEY, plan integer, cost integer);
        INSERT INTO session VALUES (1, 10, NULL), (2, NULL, 5), (3, 30, 7);";
    let column = |name: &str, live: Option<&str>, value: Option<&str>| SourceColumn {
        name: name.to_owned(),
        live: live.map(str::to_owned),
        cast: None,
        value: value.map(str::to_owned),
    };
    let seen = Source {
        table: QualifiedName::new("session"),
        alias: "visit".to_owned(),
        columns: vec![
            // The two swap their names.
            column("id", Some("id"), None),
            column("cost", Some("plan"), None),
            column("plan", Some("cost"), Some("cost * 2")),
            column("level", None, Some("id % 2")),
        ],
    };
    for mut scratch in Scratch::both(sql) {
        let mut broken_by = |expression: &str| {
            let expression = expression.to_owned();
            let probe = Probe::Violations { source: seen.clone(), expression, key: names(&["id"]) };
            count(scratch.connection(), &probe).unwrap().sample
        };
        assert_eq!(broken_by("visit.cost < 30"), ["3"], "cost is the plan of today");
        assert_eq!(broken_by("plan > 5"), ["2"], "NULL became 10 * 2, by the new names");
        assert_eq!(broken_by("level = 1"), ["2"]);
        let parts = vec![IndexPart::column("level")];
        let probe = Probe::Duplicates { source: seen.clone(), parts, predicate: None };
        let found = count(scratch.connection(), &probe).unwrap();
        assert_eq!(found, finding(1, 3, &["1"]));
    }
}

#[test]
fn a_sample_is_short_and_can_be_printed() {
    let mut scratch = Scratch::sqlite(
        "CREATE TABLE t (id, n INTEGER);
         INSERT INTO t VALUES ('b' || char(10) || char(27) || '[31m', NULL), (x'ff00', NULL),
            (NULL, NULL), (1.5, NULL), (CAST(x'fffe61' AS TEXT), NULL), ('unseen', NULL);",
    );
    let table = QualifiedName::new("t");
    let probe = Probe::Nulls { table, column: "n".to_owned(), key: names(&["id"]) };
    let found = count(scratch.connection(), &probe).unwrap();
    assert_eq!(found.count, 6);
    // By SQLite's order of kinds: NULL, numbers, texts, blobs.
    assert_eq!(found.sample[..3], ["NULL", "1.5", "b\\n\\u{1b}[31m"]);
    assert_eq!(found.sample[3], "unseen");
    assert_eq!(found.sample[4], "\u{fffd}\u{fffd}a", "no UTF-8");
    assert_eq!(found.sample.len(), 5);
}

#[test]
fn what_is_not_there_is_an_error_and_the_connection_stays_usable() {
    for mut scratch in Scratch::both("CREATE TABLE t (id integer); INSERT INTO t VALUES (1);") {
        let absent = Probe::Rows { table: QualifiedName::new("absent") };
        let error = count(scratch.connection(), &absent).unwrap_err();
        assert_eq!(error.to_string(), "counting the rows of `absent` failed");
        let expression = "absent > 0".to_owned();
        let probe = Probe::Violations { source: source("t"), expression, key: Vec::new() };
        count(scratch.connection(), &probe).unwrap_err();
        let rows = Probe::Rows { table: QualifiedName::new("t") };
        let inside = scratch.connection().transaction(|connection| {
            Ok::<_, diesel::result::Error>(count(connection, &rows).unwrap())
        });
        assert_eq!(inside.unwrap(), finding(1, 1, &[]));
    }
}

/// `session (id, plan)` as a model, for whole ways from a diff to its messages.
fn session(columns: &[(&str, &str)]) -> Table {
    let mut table = Table::new(QualifiedName::new("session"));
    table.columns =
        columns.iter().map(|(name, native)| Column::new(*name, SqlType::native(*native))).collect();
    table.primary_key =
        Some(PrimaryKey { options: Default::default(), name: None, columns: names(&["id"]) });
    table
}

fn schema(table: Table) -> Schema {
    let mut schema = Schema::default();
    schema.insert_table(table);
    schema
}

#[test]
fn from_a_diff_to_its_messages() {
    let sql = "
        CREATE TABLE session (id integer PRIMARY KEY, plan text, email text, cost integer);
        INSERT INTO session VALUES (1, 'free', 'a@x', 3), (2, NULL, 'a@x', NULL), (3, '', 'b@x', 1);";
    for mut scratch in Scratch::both(sql) {
        let from = schema(session(&[
            ("id", "integer"),
            ("plan", "text"),
            ("email", "text"),
            ("cost", "integer"),
        ]));
        let table = QualifiedName::new("session");
        let mut required = Column::new("price", SqlType::native("integer"));
        required.nullable = false;
        let to = schema(session(&[("id", "integer"), ("email", "text"), ("price", "integer")]));
        let operations = [
            Rename::column("session", "cost", "price").operation(),
            Operation::DropColumn {
                table: table.clone(),
                column: Column::new("plan", SqlType::native("text")),
            },
            Operation::AlterColumn {
                table: table.clone(),
                from: Column::new("price", SqlType::native("integer")),
                to: required,
                fill: None,
            },
            Operation::AddUnique {
                table: table.clone(),
                unique: UniqueConstraint {
                    options: Default::default(),
                    name: None,
                    columns: names(&["email"]),
                },
            },
            Operation::AddCheck {
                table,
                check: CheckConstraint {
                    options: Default::default(),
                    name: None,
                    expression: "price > 1".to_owned(),
                },
            },
        ];
        let hazards = safety::check(&operations, &from, &to, scratch.backend());
        let counted: Vec<_> = hazards
            .into_iter()
            .map(|hazard| {
                let probe = hazard.probe.clone().unwrap();
                let hazard = hazard.with(&count(scratch.connection(), &probe).unwrap());
                (hazard.name, hazard.message.clone(), hazard.refused())
            })
            .collect();
        let expected = [
            ("drop-column", "drops column `session.plan`, 2 non-null values of 3 rows"),
            (
                "set-not-null",
                "column `session.price` becomes NOT NULL; it is NULL in 1 of 3 rows: 2",
            ),
            (
                "add-unique",
                "rows of `session` become unique by (email); \
                 1 key occurs more than once in 3 rows: a@x",
            ),
            ("add-check", "rows of `session` must satisfy `price > 1`; 1 of 3 rows break that: 3"),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(name, message)| (name, message.to_owned(), true)).collect();
        assert_eq!(counted, expected);
    }
}

#[test]
fn a_default_that_differs_from_row_to_row_is_unique() {
    let mut scratch = Scratch::postgres(
        "CREATE TABLE session (id integer PRIMARY KEY);
         INSERT INTO session SELECT generate_series(1, 100);",
    );
    let from = schema(session(&[("id", "integer")]));
    let to = schema(session(&[("id", "integer"), ("token", "uuid")]));
    let mut unique_by = |default: &str| {
        let mut column = Column::new("token", SqlType::native("uuid"));
        column.default = Some(default.to_owned());
        let table = QualifiedName::new("session");
        let unique = UniqueConstraint {
            options: Default::default(),
            name: None,
            columns: names(&["token"]),
        };
        let operations = [
            Operation::AddColumn { table: table.clone(), column, fill: None },
            Operation::AddUnique { table, unique },
        ];
        let hazards = safety::check(&operations, &from, &to, Backend::Postgres);
        assert_eq!(hazards.len(), 1);
        let probe = hazards[0].probe.clone().unwrap();
        count(scratch.connection(), &probe).unwrap()
    };
    assert_eq!(unique_by("gen_random_uuid()"), finding(0, 100, &[]));
    let same = unique_by("'00000000-0000-0000-0000-000000000000'::uuid");
    assert_eq!(same, finding(1, 100, &["00000000-0000-0000-0000-000000000000"]));
}

#[test]
fn a_column_with_a_wider_type_is_compared_as_that() {
    let mut scratch = Scratch::postgres(
        "CREATE TABLE org (id text PRIMARY KEY);
         CREATE TABLE session (id integer PRIMARY KEY, org_id integer);
         INSERT INTO org VALUES ('1');
         INSERT INTO session VALUES (1, 1), (2, 2), (3, NULL);",
    );
    let mut from = schema(session(&[("id", "integer"), ("org_id", "integer")]));
    let mut org = session(&[("id", "text")]);
    org.name = QualifiedName::new("org");
    from.insert_table(org);
    let table = QualifiedName::new("session");
    let operations = [
        Operation::AlterColumn {
            table: table.clone(),
            from: Column::new("org_id", SqlType::native("integer")),
            to: Column::new("org_id", SqlType::native("text")),
            fill: None,
        },
        Operation::AddForeignKey {
            table,
            foreign_key: ForeignKey {
                options: Default::default(),
                name: None,
                columns: names(&["org_id"]),
                foreign_table: QualifiedName::new("org"),
                foreign_columns: names(&["id"]),
                on_delete: ReferentialAction::NoAction,
                on_update: ReferentialAction::NoAction,
                deferrable: Deferrable::NotDeferrable,
            },
        },
    ];
    let hazards = safety::check(&operations, &from, &from, Backend::Postgres);
    assert_eq!(hazards.len(), 1, "{hazards:?}");
    let probe = hazards[0].probe.clone().unwrap();
    assert_eq!(count(scratch.connection(), &probe).unwrap(), finding(1, 3, &["2"]));
}

#[test]
fn a_count_leaves_nothing_behind() {
    let mut scratch = Scratch::postgres("CREATE TABLE t (a text); INSERT INTO t VALUES ('1')");
    let probe = Probe::Unconvertible {
        table: QualifiedName::new("t"),
        column: "a".to_owned(),
        from: "text".to_owned(),
        to: "integer".to_owned(),
    };
    assert_eq!(count(scratch.connection(), &probe).unwrap(), finding(0, 1, &[]));
    #[derive(diesel::QueryableByName)]
    struct Left {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        functions: i64,
    }
    let left: Left = diesel::sql_query(
        "SELECT count(*) AS functions FROM pg_proc WHERE proname LIKE 'glowplug%'",
    )
    .get_result(scratch.connection())
    .unwrap();
    assert_eq!(left.functions, 0);
    // Were a transaction still open, this would only warn, and the table would be gone.
    scratch.connection().batch_execute("CREATE TABLE kept (id integer); ROLLBACK").unwrap();
    let rows = Probe::Rows { table: QualifiedName::new("kept") };
    count(scratch.connection(), &rows).unwrap_err();
}
