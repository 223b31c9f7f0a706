//! Labels that come: up.sql adds them in place, whatever stands on the type. Only the way back takes a new type.

use super::Change;

const MOOD: &str =
    "CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY, m mood);";

/// What stands on the type, and what down.sql says about it.
const STANDING: [(&str, &str); 9] = [
    ("CREATE FUNCTION f(mood) RETURNS int LANGUAGE sql AS 'SELECT 1'", "public.f(public.mood)"),
    ("CREATE DOMAIN d AS mood; ALTER TABLE t ADD x d", "public.d"),
    ("CREATE POLICY p ON t USING (m = 'a')", "p on public.t"),
    (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
         CREATE TRIGGER tr BEFORE UPDATE OF m ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "tr on public.t",
    ),
    (
        "ALTER TABLE t ADD g int GENERATED ALWAYS AS (CASE WHEN m = 'a' THEN 1 END) STORED",
        "`t.g` is computed from it",
    ),
    ("ALTER TABLE t ADD g mood GENERATED ALWAYS AS (m) STORED", "`t.g` is computed"),
    ("CREATE SCHEMA o; CREATE TABLE o.x (m mood)", "o.x.m"),
    ("CREATE PUBLICATION pb FOR TABLE t (id, m)", "t in publication pb"),
    ("CREATE TABLE p (m mood) PARTITION BY LIST (m)", "`p`"),
];

#[test]
fn a_label_is_added_whatever_stands_on_the_type() {
    for (setup, told) in STANDING {
        let change =
            Change::on(&format!("{MOOD} {setup}")).edit("\"a\", \"b\"", "\"a\", \"b\", \"c\"");
        if change.database.major() < 15 && setup.contains("PUBLICATION") {
            continue;
        }
        let planned = change.plan().unwrap_or_else(|error| panic!("{setup}: {error}"));
        let before = change.lines();
        change.step(&planned.up.sql);
        assert_eq!(change.value("SELECT 'c'::mood"), "c");
        let error = change.database.run(&planned.down.sql).expect_err("there is no way back");
        assert!(error.contains("this migration cannot be taken back: "), "{setup}: {error}");
        assert!(error.contains(told), "{setup}: {error}");
        let lines = crate::support::difference(&before, &change.lines()).unwrap_or_default();
        assert!(lines.lines().all(|line| line.contains("'b'") || line.contains("'c'")), "{lines}");
    }
}

/// It is asked about, and not refused for good.
#[test]
fn a_change_without_a_way_back_is_asked_about() {
    let change = Change::on(&format!("{MOOD} {}", STANDING[0].0));
    let change = change.edit("\"a\", \"b\"", "\"a\", \"b\", \"c\"");
    let error = change.allow(&[]).plan().expect_err("it is a hazard");
    assert!(
        error.starts_with("hazard irreversible: nothing takes it back: type `mood`"),
        "{error}"
    );
}

/// A label that goes is refused on the way up, as it was.
#[test]
fn a_label_that_goes_needs_the_new_type_at_once() {
    let change = Change::on(&format!("{MOOD} {}", STANDING[0].0)).edit("\"a\", \"b\"", "\"a\"");
    let error = change.plan().expect_err("the function stands on it");
    assert!(error.contains("refused: type `mood`"), "{error}");
}
