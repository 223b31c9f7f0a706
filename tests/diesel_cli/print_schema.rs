//! `print-schema` prints what Diesel CLI prints, to the byte.

use super::beside::{Place, Tool};
use crate::support::case::Case;
use crate::support::{try_postgres, try_sqlite};

#[track_caller]
fn same(place: &Place, arguments: &[&str], what: &str) {
    let arguments: Vec<_> = ["print-schema"].iter().chain(arguments).copied().collect();
    let [stock, ours] = Tool::BOTH.map(|tool| place.say(tool, &arguments));
    assert_eq!(stock.code, Some(0), "{what} {arguments:?}: stock: {}", stock.err);
    assert_eq!(ours.code, Some(0), "{what} {arguments:?}: {}", ours.err);
    assert_eq!(stock.out, ours.out, "{what} {arguments:?}");
}

/// The first line that differs.
#[track_caller]
fn assert_lines(name: &str, stock: &str, ours: &str) {
    for (stock, ours) in stock.lines().zip(ours.lines()) {
        assert_eq!(stock, ours, "{name}");
    }
    assert_eq!(stock, ours, "{name}");
}

const FLAGS: &[&[&str]] = &[
    &[],
    &["--with-docs"],
    &["--with-docs-config", "only-database-comments"],
    &["--column-sorting", "name"],
    &["--allow-tables-to-appear-in-same-query-config", "fk_related_tables"],
    &["--allow-tables-to-appear-in-same-query-config", "none"],
    &["-o", "a", "^b"],
    &["a", "-e"],
    &["--import-types", "diesel::sql_types::*", "--import-types", "crate::x::*"],
    &["--no-generate-missing-sql-type-definitions"],
    &["--custom-type-derives", "Debug", "--custom-type-derives", "Clone"],
];

const TABLES: &str = "
CREATE TABLE org (id INTEGER PRIMARY KEY, name TEXT NOT NULL, \"type\" VARCHAR(20), UNIQUE (name));
CREATE TABLE a_session (id INTEGER PRIMARY KEY, org_id INTEGER NOT NULL REFERENCES org (id), \"it's\" TEXT, a_session INTEGER,
  parent_id INTEGER REFERENCES a_session (id), flag BOOLEAN, small SMALLINT, big BIGINT NOT NULL, amount NUMERIC(12,2), at TIMESTAMP, day DATE, clock TIME);
CREATE TABLE b_pair (x INTEGER NOT NULL, y INTEGER NOT NULL, PRIMARY KEY (y, x));
CREATE TABLE c_twice (id INTEGER PRIMARY KEY, one INTEGER REFERENCES org (id), two INTEGER REFERENCES org (id), px INTEGER, py INTEGER,
  FOREIGN KEY (px, py) REFERENCES b_pair (x, y));
CREATE TABLE d_table (id INTEGER PRIMARY KEY, columns TEXT, \"1st\" TEXT, session INTEGER REFERENCES a_session (id), a_rather_long_name_for_a_column_that_is_needed_by_nobody TEXT);
CREATE TABLE \"Odd Name\" (id INTEGER PRIMARY KEY, \"User\" INTEGER REFERENCES d_table (id));
CREATE TABLE z_named (name TEXT PRIMARY KEY REFERENCES org (name));
CREATE TABLE __hidden (id INTEGER PRIMARY KEY);
CREATE VIEW v AS SELECT id FROM org;
";

#[test]
fn the_flags_do_what_they_do_in_diesel_cli() {
    let place = Place::sqlite();
    place.sql(TABLES);
    place.sql("CREATE TABLE keyless (name TEXT, rowid INTEGER); CREATE TABLE w (id INTEGER PRIMARY KEY, g AS (id)) WITHOUT ROWID;");
    for flags in FLAGS {
        same(&place, flags, "SQLite");
    }
    same(&place, &["--sqlite-integer-primary-key-is-bigint"], "SQLite");

    let place = Place::postgres();
    place.sql(&TABLES.replace("REFERENCES b_pair (x, y)", "REFERENCES b_pair (y, x)"));
    place.sql(
        "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TYPE post_status AS ENUM ('x'); CREATE SCHEMA audit;
         CREATE DOMAIN posint AS integer CHECK (VALUE > 0);
         CREATE TABLE typed (id serial PRIMARY KEY, m mood, p post_status[] NOT NULL, a text[], b bpchar, c char(3), v varchar, u uuid, j jsonb,
           r int4range, n numeric(10,2), i inet, iv interval, tz timestamptz, lsn pg_lsn, d posint, by bytea, x xml, f4 real, f8 double precision);
         COMMENT ON TABLE typed IS E'Typed\\n\\n  in two lines'; COMMENT ON COLUMN typed.m IS 'how it is';
         CREATE TABLE parted (id integer, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
         CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
         CREATE TYPE audit.kind AS ENUM ('x');
         CREATE TABLE audit.event (id bigserial PRIMARY KEY, kind audit.kind, m mood);
         CREATE TABLE audit.detail (id bigserial PRIMARY KEY, event_id bigint REFERENCES audit.event (id), org_id integer REFERENCES public.org (id));",
    );
    for flags in FLAGS {
        same(&place, flags, "PostgreSQL");
        let audit: Vec<_> = ["--schema", "audit"].iter().chain(*flags).copied().collect();
        same(&place, &audit, "PostgreSQL");
    }
    same(&place, &["--pg-domains-as-custom-types", "^pos"], "PostgreSQL");
    same(&place, &["--except-custom-type-definitions", "Mood"], "PostgreSQL");
}

#[test]
fn diesel_tomls_sections_are_read_as_diesel_cli_reads_them() {
    let patch = "--- a\n+++ b\n@@ -5,3 +5,3 @@\n         id -> Nullable<Integer>,\n-        name -> Text,\n+        name -> Nullable<Text>,\n         #[sql_name = \"type\"]\n";
    for toml in [
        "[print_schema]\nwith_docs = true\nfilter = { except_tables = [\"^a\"] }\n",
        "[print_schema]\nwith_docs = \"only-database-comments\"\ncolumn_sorting = \"name\"\nfilter.only_tables = [\"org\", \"pair\"]\n",
        "[print_schema]\nimport_types = [\"crate::types::*\"]\nallow_tables_to_appear_in_same_query_config = \"fk_related_tables\"\n",
        "[print_schema]\npatch_file = \"x.patch\"\nfilter = { only_tables = [\"^org$\"] }\n",
        "[print_schema.one]\nfilter = { only_tables = [\"^a\"] }\n[print_schema.two]\nfilter = { only_tables = [\"^b\"] }\n",
        "[print_schema]\nwith_docs = true\n[print_schema.one]\nfilter = { only_tables = [\"^a\"] }\n",
    ] {
        let place = Place::sqlite();
        place.sql(TABLES);
        place.project.write("diesel.toml", toml);
        place.project.write("x.patch", patch);
        same(&place, &[], toml);
        if toml.contains("print_schema.one") {
            same(&place, &["--schema-key", "one", "-o", "org", "--with-docs"], toml);
            same(
                &place,
                &["--schema-key", "default", "--with-docs", "--schema-key", "one", "a", "-e"],
                toml,
            );
        }
    }
}

#[test]
fn wrong_sections_are_wrong_for_both() {
    for toml in [
        "[print_schema]\nnonsense = 1\n",
        "[print_schema]\nfilter = { only_tables = [\"a\"], except_tables = [\"b\"] }\n",
        "[print_schema]\nfilter = { only_tables = [\"(\"] }\n",
        "[print_schema.one]\nnonsense = true\n",
        "[nonsense]\n",
    ] {
        let place = Place::sqlite();
        place.sql(TABLES);
        place.project.write("diesel.toml", toml);
        for tool in Tool::BOTH {
            assert_eq!(place.say(tool, &["print-schema"]).code, Some(1), "{tool:?} {toml}");
        }
    }
}

/// Diesel CLI indents what follows a line feed within a name, and so prints another name.
#[track_caller]
fn holds_every_name(place: &Place, text: &str) {
    assert!(text.contains("line\"") && !text.contains("    line\""), "{text}");
    place.project.write("printed.rs", text);
    let arguments = ["diff", "--models", "printed.rs", "--exit-code", "--database-url", &place.url];
    let said = place.say(Tool::Ours, &arguments);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
}

/// Every case, as its database is before the change.
#[test]
fn each_case_is_printed_as_diesel_cli_prints_it_on_sqlite() {
    let mut compared = 0;
    for name in Case::all() {
        let case = Case::open(&name);
        let place = Place::sqlite();
        if case.answers.only.as_deref().is_some_and(|only| only != "sqlite")
            || try_sqlite::prepare(&case, &place.project.path().join("app.sqlite")).is_err()
        {
            continue;
        }
        let [stock, ours] =
            Tool::BOTH.map(|tool| place.say(tool, &["print-schema", "--with-docs"]));
        assert_eq!(ours.code, Some(0), "{name}: {}", ours.err);
        if name == "names-hostile" {
            holds_every_name(&place, &ours.out);
        } else if stock.code == Some(0) {
            assert_lines(&name, &stock.out, &ours.out);
            compared += 1;
        } else {
            assert!(stock.err.contains("Unsupported type"), "{name}: {}", stock.err);
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn each_case_is_printed_as_diesel_cli_prints_it_on_postgres() {
    let mut compared = 0;
    for name in Case::all().into_iter().step_by(4) {
        let case = Case::open(&name);
        let place = Place::postgres();
        let database = place.postgres.as_ref().unwrap();
        if case.answers.only.as_deref().is_some_and(|only| only != "postgres")
            || try_postgres::prepare_case(&case, database).is_err()
        {
            continue;
        }
        let [stock, ours] =
            Tool::BOTH.map(|tool| place.say(tool, &["print-schema", "--with-docs"]));
        assert_eq!(ours.code, Some(0), "{name}: {}", ours.err);
        if name == "names-hostile" {
            holds_every_name(&place, &ours.out);
        } else if stock.code == Some(0) {
            assert_lines(&name, &stock.out, &ours.out);
            compared += 1;
        } else {
            assert!(stock.err.contains("no primary key"), "{name}: {}", stock.err);
        }
    }
    assert!(compared > 20, "{compared}");
}
