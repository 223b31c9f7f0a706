//! What Diesel CLI 2.3.14 is known to do wrong with `--diff-schema`, and what glowplug does.
//!
//! Each test names its case in docs/diesel-cli.md.

use super::beside::{Place, Said, Tool};

/// `migration generate … --diff-schema` of these models, by glowplug.
fn generate(place: &Place, models: &str, flags: &[&str]) -> Said {
    place.project.write("models.rs", models);
    let arguments: Vec<_> = ["migration", "generate", "change", "--diff-schema=models.rs"]
        .iter()
        .chain(flags)
        .copied()
        .collect();
    place.say(Tool::Ours, &arguments)
}

fn set_up(place: &Place, sql: &str) {
    place.project.write("migrations/.keep", "");
    if !sql.is_empty() {
        place.sql(sql);
    }
}

fn table(name: &str, columns: &str) -> String {
    format!("diesel::table! {{ {name} (id) {{ id -> Integer, {columns} }} }}\n")
}

/// The models become the database by stock Diesel CLI's hands, there and back, and then there is no
/// difference any more.
#[track_caller]
fn converges(place: &Place, models: &str, flags: &[&str]) {
    let before = place.look_at_catalog();
    let said = generate(place, models, flags);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.starts_with("Creating migrations/"), "nothing was written: {}", said.err);
    place.must(Tool::Stock, &["migration", "run"]);
    let after = place.look_at_catalog();
    place.must(Tool::Stock, &["migration", "revert"]);
    assert_eq!(place.look_at_catalog(), before, "down.sql");
    place.must(Tool::Stock, &["migration", "run"]);
    assert_eq!(place.look_at_catalog(), after, "up.sql again");
    let number = place.project.migrations().len();
    let again = generate(place, models, &["--no-renames"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{}", again.err);
    assert_eq!(place.project.migrations().len(), number, "the second difference is not empty");
}

/// 1: nothing to do is nothing to write.
#[test]
fn no_difference_writes_no_migration() {
    for place in Place::each() {
        set_up(&place, "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY)");
        let said = generate(&place, &table("a", ""), &[]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
        assert!(said.err.contains("No changes detected"), "{}", said.err);
        assert!(place.project.migrations().is_empty());
    }
}

/// 2: a required column of a table with rows is refused until it is said what fills it.
#[test]
fn a_required_column_is_filled_or_refused() {
    for place in Place::each() {
        set_up(
            &place,
            "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY); INSERT INTO a VALUES (1)",
        );
        let models = table("a", "#[max_length = 20] note -> Varchar,");
        let refused = generate(&place, &models, &[]);
        assert_eq!(refused.code, Some(1));
        assert!(refused.err.contains("--fill"), "{}", refused.err);
        assert!(place.project.migrations().is_empty());
        converges(&place, &models, &["--fill", "a.note='none'"]);
    }
}

/// 3: SQLite refuses to drop an indexed column; the index goes with it.
#[test]
fn an_indexed_column_is_dropped() {
    let place = Place::sqlite();
    set_up(
        &place,
        "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, n INTEGER, u TEXT UNIQUE, c TEXT CHECK (c <> ''));
         CREATE INDEX n_idx ON a (n); INSERT INTO a VALUES (1, 2, 'u', 'c')",
    );
    converges(&place, &table("a", ""), &[]);
}

/// 4: tables are made in the order of their references, the same in every run.
#[test]
fn a_chain_of_tables_is_made_in_its_order() {
    let models = format!(
        "{}{}{}diesel::joinable!(a -> b (b_id));\ndiesel::joinable!(b -> c (c_id));\n",
        table("a", "b_id -> Integer,"),
        table("b", "c_id -> Integer,"),
        table("c", "")
    );
    for place in Place::each() {
        set_up(&place, "");
        let mut texts = std::collections::BTreeSet::new();
        for _ in 0..5 {
            assert_eq!(generate(&place, &models, &["--version", "7"]).code, Some(0));
            texts.insert(place.project.read("migrations/7_change/up.sql"));
            std::fs::remove_dir_all(place.project.path().join("migrations/7_change")).unwrap();
        }
        assert_eq!(texts.len(), 1, "{texts:?}");
        converges(&place, &models, &[]);
    }
}

/// 5, 13, 14: a parent goes after its children, and comes back with every key as it was.
#[test]
fn a_parent_is_dropped_after_its_children() {
    for place in Place::each() {
        set_up(
            &place,
            "CREATE TABLE a_parent (id INTEGER NOT NULL PRIMARY KEY, x INTEGER NOT NULL, UNIQUE (x, id));
             CREATE TABLE z_child (id INTEGER NOT NULL PRIMARY KEY, one INTEGER, two INTEGER, x INTEGER,
               FOREIGN KEY (one) REFERENCES a_parent (id), FOREIGN KEY (two) REFERENCES a_parent (id) ON DELETE CASCADE,
               FOREIGN KEY (x, one) REFERENCES a_parent (x, id))",
        );
        converges(&place, "", &[]);
    }
}

/// 6, 7, 8: what a thing is called in SQL is what is compared and written.
#[test]
fn sql_names_are_those_of_the_database() {
    for place in Place::each() {
        let quote = if place.mysql.is_some() { '`' } else { '"' };
        let sql = "CREATE TABLE \"type\" (id INTEGER NOT NULL PRIMARY KEY, \"loop\" INTEGER);
             CREATE TABLE \"Users\" (id INTEGER NOT NULL PRIMARY KEY);
             INSERT INTO \"type\" VALUES (1, 2); INSERT INTO \"Users\" VALUES (3)";
        set_up(&place, &sql.replace('"', &quote.to_string()));
        let named = "diesel::table! { #[sql_name = \"type\"] type_ (id) { id -> Integer, #[sql_name = \"loop\"] loop_ -> Nullable<Integer>, %%} }\n\
             diesel::table! { #[sql_name = \"Users\"] users (id) { id -> Integer, } }\n";
        let said = generate(&place, &named.replace("%%", ""), &[]);
        assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
        converges(
            &place,
            &named.replace("%%", "#[sql_name = \"for\"] for_ -> Nullable<Integer>, "),
            &[],
        );
        // A table in upper case goes by its own name.
        let only = named.split("diesel::table! { #[sql_name = \"Users\"]").next().unwrap();
        let models = only.replace("%%", "#[sql_name = \"for\"] for_ -> Nullable<Integer>, ");
        converges(&place, &models, &[]);
    }
}

/// 9: what print-schema prints is no difference.
#[test]
fn what_is_printed_is_no_difference() {
    let place = Place::postgres();
    set_up(
        &place,
        "CREATE TYPE post_status AS ENUM ('draft', 'out'); CREATE TYPE mood AS ENUM ('ok');
         CREATE TABLE a (id serial PRIMARY KEY, s post_status NOT NULL, m mood[], c char(3), v varchar(9), f real, d double precision)",
    );
    let printed = place.must(Tool::Ours, &["print-schema"]);
    let said = generate(&place, &printed, &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
}

/// 10, 11, 12, 20: every type is one that the server has, is read back, and stays.
#[test]
fn types_are_the_servers_and_stay() {
    let types = |backend: &str| -> &[&str] {
        match backend {
            "sqlite" => &[
                "Bool",
                "SmallInt",
                "BigInt",
                "Float",
                "Double",
                "Numeric",
                "Text",
                "Binary",
                "Date",
                "Time",
                "Timestamp",
                "TimestamptzSqlite",
                "Json",
                "Jsonb",
            ],
            "postgres" => &[
                "Bool",
                "SmallInt",
                "BigInt",
                "Float",
                "Double",
                "Numeric",
                "Text",
                "Char",
                "Binary",
                "Date",
                "Time",
                "Timestamp",
                "Timestamptz",
                "Json",
                "Jsonb",
                "Uuid",
                "Interval",
                "Int4range",
            ],
            _ => &[
                "Bool",
                "TinyInt",
                "SmallInt",
                "BigInt",
                "Unsigned<Integer>",
                "Nullable<Unsigned<BigInt>>",
                "Float",
                "Double",
                "Numeric",
                "Text",
                "Binary",
                "Date",
                "Time",
                "Timestamp",
                "Datetime",
            ],
        }
    };
    for (place, backend) in Place::each().into_iter().zip(["sqlite", "postgres", "mysql"]) {
        set_up(&place, "");
        let column = |(number, ty): (usize, &&str)| format!("c{number} -> {ty}, ");
        let mut columns: String = types(backend).iter().enumerate().map(column).collect();
        columns.push_str("#[max_length = 9] l -> Varchar, ");
        converges(&place, &table("typed", &columns), &[]);
        assert_eq!(place.say(Tool::Ours, &["print-schema"]).code, Some(0));
    }
}

/// 12: a declared type that Diesel does not know stops nothing.
#[test]
fn an_unknown_type_stops_nothing() {
    let place = Place::sqlite();
    set_up(&place, "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, g GEOMETRY, u UUID)");
    let said = place.say(Tool::Ours, &["print-schema"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.contains("u -> Nullable<Text>"), "{}", said.out);
    assert!(
        said.err.contains("has the type `GEOMETRY`, which Diesel does not know"),
        "{}",
        said.err
    );
    assert_eq!(place.say(Tool::Stock, &["print-schema"]).code, Some(1), "Diesel has mended this");
}

/// 15: a table without a primary key stops nothing, and is dropped and made again as it was.
#[test]
fn a_table_without_a_key_stops_nothing() {
    for place in Place::each() {
        set_up(
            &place,
            "CREATE TABLE keyless (x INTEGER); CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY)",
        );
        let printed = place.say(Tool::Ours, &["print-schema"]);
        assert_eq!(printed.code, Some(0), "{}", printed.err);
        assert!(printed.out.contains("a (id)"), "{}", printed.out);
        converges(&place, &table("a", ""), &[]);
    }
}

/// 16: what a `cfg` switches off is not there.
#[test]
fn a_cfg_counts() {
    let place = Place::sqlite();
    set_up(&place, "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY)");
    let models = format!("{}#[cfg(any())] {}", table("a", ""), table("b", ""));
    let said = generate(&place, &models, &[]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
}

/// 17: a key to another schema comes back with its table.
#[test]
fn a_key_to_another_schema_comes_back() {
    let place = Place::postgres();
    set_up(
        &place,
        "CREATE SCHEMA other; CREATE TABLE other.parent (id integer PRIMARY KEY);
         CREATE TABLE child (id integer PRIMARY KEY, parent_id integer REFERENCES other.parent (id))",
    );
    converges(&place, "", &[]);
}

/// 18: a view over a column that goes is named, and nothing is written.
#[test]
fn a_view_over_a_dropped_column_is_named() {
    for place in [Place::sqlite(), Place::postgres()] {
        set_up(
            &place,
            "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, n INTEGER); CREATE VIEW shown AS SELECT n FROM a",
        );
        let said = generate(&place, &table("a", ""), &[]);
        assert_eq!(said.code, Some(1), "{}", said.out);
        assert!(said.err.contains("shown"), "{}", said.err);
        assert!(place.project.migrations().is_empty());
    }
}

/// 19: what is no model is an error with its place, not a panic.
#[test]
fn a_wrong_model_is_an_error_with_its_place() {
    let place = Place::postgres();
    set_up(&place, "");
    for (ty, reason) in
        [("Record<(Integer, (Text))>", ""), ("Array", "was expected"), ("Nullable", "was expected")]
    {
        let said = generate(&place, &table("a", &format!("x -> {ty},")), &[]);
        assert_eq!(said.code, Some(1), "{ty}: {}", said.out);
        assert!(!said.err.contains("panicked") && said.err.contains(reason), "{ty}: {}", said.err);
    }
}
