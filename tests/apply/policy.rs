//! The table of the policies in the documentation, row by row.

use std::time::Duration;

use glowplug::apply::{ApplyError, Policy, Report};

use super::support::{Migrations, Scratch, each};

/// Brings the database and the migrations where a row of the table has them.
fn arrange(row: &str, scratch: &Scratch) -> Migrations {
    let migrations = Migrations::of(&[
        ("1_a", "CREATE TABLE a (x INTEGER);"),
        ("3_c", "CREATE TABLE c (x INTEGER);"),
    ]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    let add = |name: &str| drop(migrations.add(name, "CREATE TABLE b (x INTEGER);", "SELECT 1;"));
    match row {
        "all are applied, and no others" => {}
        "one is pending" => add("4_d"),
        "an applied version is not among them" => migrations.remove("3_c"),
        "a pending one sorts before an applied one" => add("2_b"),
        "an applied one was edited" => add("3_c"),
        "two have one version" => add("3_d"),
        other => panic!("a row that is not tested: {other}"),
    }
    migrations
}

fn in_words(result: Result<Report, ApplyError>) -> String {
    match result {
        Ok(report) => match (report.applied.is_empty(), report.warnings.is_empty()) {
            (true, true) => "nothing".to_owned(),
            (false, true) => "applied".to_owned(),
            (true, false) => "a warning".to_owned(),
            (false, false) => "applied, a warning".to_owned(),
        },
        Err(error) => {
            assert!(!error.is_unclean(), "{error}");
            let name: String =
                format!("{error:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
            format!("error `{name}`")
        }
    }
}

#[test]
fn the_table_of_the_policies_is_true() {
    let source = std::fs::read_to_string(crate::support::file("src/apply/manager.rs")).unwrap();
    let table = source.lines().filter_map(|line| line.trim().strip_prefix("/// | "));
    let rows: Vec<Vec<&str>> =
        table.map(|row| row.trim_end_matches(" |").split(" | ").collect()).collect();
    let columns = [
        ("`Apply`", Policy::Apply, false),
        ("`Apply`, strict", Policy::Apply, true),
        ("`VerifyOnly`", Policy::VerifyOnly, false),
        ("`Wait`", Policy::Wait, false),
    ];
    assert_eq!(rows[0][1..], columns.map(|(name, ..)| name));
    assert_eq!(rows.len(), 7);
    for row in &rows[1..] {
        for ((name, policy, strict), expected) in columns.iter().zip(&row[1..]) {
            each(|scratch| {
                let migrations = arrange(row[0], scratch);
                let manager = migrations.manager().policy(*policy).strict(*strict);
                let result =
                    manager.lock_timeout(Duration::from_millis(50)).apply(&mut scratch.open());
                assert_eq!(in_words(result), *expected, "{}, {name}", row[0]);
            });
        }
    }
}
