//! Which values a change of type would lose.

use glowplug::apply::probe::count;
use glowplug::model::QualifiedName;
use glowplug::plan::safety::Probe;

use super::scratch::Scratch;

fn sample(scratch: &mut Scratch, from: &str, to: &str) -> Vec<String> {
    let probe = Probe::Unconvertible {
        table: QualifiedName::new("t"),
        column: "v".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let found = count(scratch.connection(), &probe).expect("a count");
    assert_eq!(found.count, found.sample.len() as i64, "{from} to {to}");
    found.sample
}

/// Declared type, values, new type, and the values that are lost, in the order of their text.
type Row = (&'static str, &'static str, &'static str, &'static [&'static str]);

#[test]
fn sqlite_converts_by_affinity() {
    let rows: [Row; 14] = [
        ("TEXT", "'1'), ('-7'), (NULL", "INTEGER", &[]),
        ("TEXT", "'007'), ('x'), ('1.5'), ('3'), (''", "INTEGER", &["", "007", "1.5", "x"]),
        (
            "TEXT",
            "'9223372036854775808'), ('9223372036854775807'",
            "BIGINT",
            &["9223372036854775808"],
        ),
        ("TEXT", "'1'), ('0.5'), ('0.10'), ('1e3'), ('abc'", "REAL", &["0.10", "1", "1e3", "abc"]),
        ("TEXT", "'9007199254740993'), ('3.0'), ('12x'", "REAL", &["12x", "9007199254740993"]),
        ("TEXT", "'9007199254740993'), ('12.5'), ('n/a'), ('007'", "NUMERIC", &["007", "n/a"]),
        ("TEXT", "'0'), ('1'), ('true'), ('2'", "BOOLEAN", &["2", "true"]),
        (
            "TEXT",
            "'2024-02-03 04:05:06'), ('2024-02-30x'), ('soon'), ('2024'",
            "TIMESTAMP",
            &["2024", "2024-02-30x", "soon"],
        ),
        ("REAL", "1.5), (2.0), (NULL", "INTEGER", &["1.5"]),
        ("REAL", "0.5), (0.1 + 0.2", "TEXT", &["0.30000000000000004"]),
        ("INTEGER", "9007199254740993), (5", "REAL", &["9007199254740993"]),
        ("INTEGER", "0.1 + 0.2), (5), (0.5), ('a'", "TEXT", &["0.30000000000000004"]),
        ("BLOB", "x'61'), ('a'), (1", "TEXT", &["X'61'"]),
        ("TEXT", "'a'), (x'00'", "INTEGER", &["X'00'", "a"]),
    ];
    for (from, values, to, lost) in rows {
        let sql = format!("CREATE TABLE t (v {from}); INSERT INTO t VALUES ({values});");
        let mut scratch = Scratch::sqlite(&sql);
        assert_eq!(sample(&mut scratch, from, to), lost, "{from} to {to}");
    }
}

#[test]
fn postgres_tries_each_value() {
    let rows: [Row; 18] = [
        ("text", "'1'), ('-7'), (NULL), (' 5 '", "integer", &[" 5 "]),
        (
            "text",
            "'0.5'), ('10'), ('100'), ('0.10'), ('00.1'), ('x'",
            "numeric(6,2)",
            &["00.1", "x"],
        ),
        (
            "text",
            "'007'), ('x'), ('1.5'), (''), ('3000000000'",
            "integer",
            &["", "007", "1.5", "3000000000", "x"],
        ),
        ("varchar", "'abc'), ('abcd'), (''", "varchar(3)", &["abcd"]),
        ("bigint", "2147483647), (2147483648", "integer", &["2147483648"]),
        ("numeric", "1.25), (1.5), (1.50), (99.9), (100", "numeric(3,1)", &["1.25", "100"]),
        ("double precision", "0.5), (0.1::float8 + 0.2", "numeric", &["0.30000000000000004"]),
        ("integer", "0), (1), (2", "boolean", &["2"]),
        ("timestamp", "'2024-02-03'), ('2024-02-03 04:05'", "date", &["2024-02-03 04:05:00"]),
        (
            "text",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'), ('{A0EEBC999C0B4EF8BB6D6BB9BD380A11}'), ('x'",
            "uuid",
            &["x", "{A0EEBC999C0B4EF8BB6D6BB9BD380A11}"],
        ),
        ("text", "'2024-02-29'), ('2023-02-29'", "date", &["2023-02-29"]),
        ("text", "'2020-01-01'), (' 2020-01-01 '", "date", &[" 2020-01-01 "]),
        ("text", r"'\x61'), ('a\\b'", "bytea", &[r"a\\b"]),
        ("text", "'true'), ('yes'", "boolean", &["yes"]),
        ("text", r#"'{"a": 2}'), ('{"a":1, "a":2}'"#, "jsonb", &[r#"{"a":1, "a":2}"#]),
        (
            "json",
            r#"'{"a":1}'), ('{"a": 1, "a": 2}'"#,
            "jsonb",
            &[r#"{"a": 1, "a": 2}"#, r#"{"a":1}"#],
        ),
        ("integer[]", "'{1,2}'), ('{1,40000}'", "smallint[]", &["{1,40000}"]),
        ("timestamp", "now()), (NULL", "integer", &["*"]),
    ];
    let mut scratch = Scratch::postgres("SELECT 1");
    for (from, values, to, lost) in rows {
        use diesel::connection::SimpleConnection as _;
        let sql = format!(
            "DROP TABLE IF EXISTS t; CREATE TABLE t (v {from}); INSERT INTO t VALUES ({values});"
        );
        scratch.connection().batch_execute(&sql).unwrap();
        let found = sample(&mut scratch, from, to);
        if lost == ["*"] {
            assert_eq!(found.len(), 1, "{from} to {to}: there is no such cast");
        } else {
            assert_eq!(found, lost, "{from} to {to}");
        }
    }
}
