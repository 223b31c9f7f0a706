//! Every kind of object that PostgreSQL's catalog has: one stands beside a table, or on a column of
//! it, while the table changes. It survives to the letter, or the change is refused by its name.

mod catalogs;
mod objects;

use std::path::Path;

use glowplug::backend::Backend;

use self::objects::{KINDS, Kind};
use crate::support::case::CaseAnswers;
use crate::support::postgres::Database;
use crate::support::{difference, engine};

/// What becomes of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It is made, and everything else stays.
    Survives,
    /// It is refused, by the name of the object.
    Refused,
    /// It stands on the dropped column alone: it goes, as was allowed, and comes back with it.
    Goes,
}

const TABLE: &str = "
    CREATE TABLE thing (id int PRIMARY KEY, used int, plain text NOT NULL DEFAULT 'x');
    INSERT INTO thing VALUES (1, 1, 'a'), (2, 2, 'b'), (3, NULL, 'c');";

const ROLE: &str = "DO $$ BEGIN CREATE ROLE glowplug_reader; \
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;";

fn models(columns: &str, extra: &str) -> String {
    format!("diesel::table! {{ thing (id) {{ id -> Integer, {extra} {columns} }} }}")
}

/// The changes that have nothing to do with the object.
const UNRELATED: &str = "used -> Nullable<Integer>, #[max_length = 50] plain -> Varchar, \
    added -> Nullable<Integer>";

/// The changes of the column that it stands on: what the models say then, the answers, and the
/// words that the lines of the dump hold which may change.
const RELATED: &[(&str, &str, &[&str])] = &[
    ("drop", "plain -> Text", &["used"]),
    ("retype", "used -> Nullable<BigInt>, plain -> Text", &["used"]),
    ("rename", "renamed -> Nullable<Integer>, plain -> Text", &["used", "renamed"]),
];

#[test]
fn group_0() {
    try_group(0);
}
#[test]
fn group_1() {
    try_group(1);
}
#[test]
fn group_2() {
    try_group(2);
}
#[test]
fn group_3() {
    try_group(3);
}

fn try_group(group: usize) {
    let mut problems = Vec::new();
    for kind in KINDS.iter().skip(group).step_by(4) {
        problems.extend(try_kind(kind).into_iter().map(|p| format!("{}: {p}", kind.name)));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

fn try_kind(kind: &Kind) -> Vec<String> {
    let mut problems = Vec::new();
    let fates = [("unrelated", UNRELATED, &["plain", "added"][..], Some(kind.unrelated))];
    let related = RELATED.iter().zip(kind.fates);
    let related = related.map(|((change, columns, words), fate)| (*change, *columns, *words, fate));
    for (change, columns, words, expected) in fates.into_iter().chain(related) {
        let Some(expected) = expected else { continue };
        let database = Database::create();
        if database.major() < kind.since {
            return problems;
        }
        database.must(ROLE);
        database.must(TABLE);
        database.must(kind.setup);
        let found = try_change(&database, change, columns, words, kind, expected);
        match (expected, found) {
            (Fate::Survives, Ok(None)) => {}
            (Fate::Refused, Err(error)) if error.contains(kind.told) => {}
            (Fate::Goes, Ok(Some(lines))) if names_it(&lines) && !lines.contains("after down") => {}
            (Fate::Goes, Ok(lines)) => {
                problems.push(format!("{change}: it stays, or not all comes back: {lines:?}"));
            }
            (Fate::Survives, Ok(Some(lines))) => problems.push(format!("{change} leaves\n{lines}")),
            (Fate::Refused, Ok(_)) => problems.push(format!("{change} is not refused")),
            (_, Err(error)) => problems.push(format!("{change}: {error}")),
        }
        for sql in kind.cleanup.split(';').filter(|sql| !sql.trim().is_empty()) {
            database.must(sql);
        }
    }
    problems
}

/// Whether the object is named as `pg_dump` names it, or as the fingerprint does.
fn names_it(lines: &str) -> bool {
    ["thing obj;", "INDEX obj ON", "public.thing | obj |"].iter().any(|name| lines.contains(name))
}

/// Up, down, up: the lines that changed and should not have; an error where it is refused.
fn try_change(
    database: &Database,
    change: &str,
    columns: &str,
    words: &[&str],
    kind: &Kind,
    expected: Fate,
) -> Result<Option<String>, String> {
    let models =
        engine::models(Path::new("schema.rs"), &models(columns, kind.columns), Backend::Postgres)?;
    let mut answers = CaseAnswers { allows: vec!["all".to_owned()], ..CaseAnswers::default() };
    if change == "rename" {
        answers.renames.push(("thing.used".to_owned(), "renamed".to_owned()));
    }
    let before = database.catalog_lines();
    let planned = match engine::plan_live(&database.url, &models, &answers) {
        Ok(planned) => planned.ok_or("nothing is planned")?,
        Err(error) => {
            let after = database.catalog_lines();
            assert_eq!(before, after, "{}: refused, and changed", kind.name);
            return Err(error);
        }
    };
    let step = |sql: &str| database.run(sql).map_err(|error| format!("FAILED {error}\n{sql}"));
    step(&planned.up.sql)?;
    let after = database.catalog_lines();
    let goes = |line: &String| expected == Fate::Goes && names_it(line);
    let mentions = |line: &String| !goes(line) && words.iter().any(|word| line.contains(word));
    let others = |lines: &[String]| -> Vec<String> {
        lines.iter().filter(|line| !mentions(line)).cloned().collect()
    };
    let mut lost: Vec<String> = difference(&others(&before), &others(&after)).into_iter().collect();
    step(&planned.down.sql)?;
    let mut back = (before.clone(), database.catalog_lines());
    // A column that comes back stands last.
    back.0.sort();
    back.1.sort();
    lost.extend(difference(&back.0, &back.1).map(|lines| format!("after down\n{lines}")));
    step(&planned.up.sql)?;
    Ok((!lost.is_empty()).then(|| lost.join("\n")))
}
