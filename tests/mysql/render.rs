//! MySQL 8's dialect, held to the grammar of its manual (13.1.9 ALTER TABLE, 13.1.20 CREATE TABLE):
//! no such server runs in the tests.

use std::path::Path;

use glowplug::backend::mysql::{Flavor, MARIADB, MYSQL};
use glowplug::backend::resolve::{Drops, resolve};
use glowplug::backend::{Backend, Dialect};
use glowplug::model::Schema;
use glowplug::plan::{PlanOptions, plan};

fn planned(before: &str, after: &str, dialect: &dyn Dialect) -> Result<String, String> {
    let read = |text: &str| {
        glowplug::parse::parse_source(Path::new("schema.rs"), text, Backend::Mysql)
            .unwrap_or_else(|e| panic!("{e}"))
    };
    let settle = |models: &Schema, from: &Schema| {
        let mut schema = resolve(models, from, dialect, &Drops::None).unwrap().schema;
        dialect.normalize(&mut schema);
        schema
    };
    let from = settle(&read(before), &Schema::default());
    let to = settle(&read(after), &from);
    let operations = glowplug::diff::diff(&from, &to);
    let planned = plan(operations, &from, &to, dialect, &PlanOptions::default());
    let planned = planned.map_err(|refusals| refusals[0].to_string())?;
    let statements =
        planned.up_script.sql.lines().filter(|line| {
            !line.starts_with("--") && !line.is_empty() && !line.contains("sql_mode")
        });
    Ok(statements.map(str::trim).collect::<Vec<_>>().join(" "))
}

fn item(columns: &str, clauses: &str) -> String {
    format!(
        "diesel::table! {{ item (id) {{ id -> Integer, {columns} }} }}\n\
         glowplug::ddl! {{ table item {{ {clauses} }} }}\n"
    )
}

#[track_caller]
fn both(before: &str, after: &str, mysql: &str, mariadb: &str) {
    assert_eq!(planned(before, after, &MYSQL).as_deref(), Ok(mysql), "MySQL");
    assert_eq!(planned(before, after, &MARIADB).as_deref(), Ok(mariadb), "MariaDB");
}

#[test]
fn the_two_are_told_apart_by_what_they_say() {
    for (version, flavor) in [
        ("8.0.36", Flavor::MySql),
        ("8.4.0-log", Flavor::MySql),
        ("10.11.6-MariaDB-1", Flavor::MariaDb),
        ("5.5.5-10.6.18-MariaDB", Flavor::MariaDb),
    ] {
        assert_eq!(Flavor::of(version), flavor, "{version}");
    }
}

#[test]
fn an_expression_is_a_key_on_mysql_alone() {
    let (before, after) =
        (item("n -> Integer,", ""), item("n -> Integer,", "index i (\"n + 1\", n desc);"));
    let sql =
        "ALTER TABLE `item` ADD INDEX `i` ((n + 1), `n` DESC), ALGORITHM = INPLACE, LOCK = NONE;";
    assert_eq!(planned(&before, &after, &MYSQL).as_deref(), Ok(sql));
    let refused = planned(&before, &after, &MARIADB).expect_err("MariaDB has no such key");
    assert!(refused.contains("MariaDB does not index an expression"), "{refused}");
}

#[test]
fn an_index_that_is_not_used_has_two_words() {
    let with = |clause: &str| item("n -> Integer,", clause);
    both(
        &with(""),
        &with("index i (n) using ignored;"),
        "ALTER TABLE `item` ADD INDEX `i` (`n`) INVISIBLE;",
        "ALTER TABLE `item` ADD INDEX `i` (`n`) IGNORED;",
    );
    both(
        &with("index i (n) using ignored;"),
        &with("index i (n);"),
        "ALTER TABLE `item` ALTER INDEX `i` VISIBLE;",
        "ALTER TABLE `item` ALTER INDEX `i` NOT IGNORED;",
    );
}

#[test]
fn mysql_gives_a_large_value_its_default_by_an_expression() {
    both(
        &item("n -> Integer,", ""),
        &item("n -> Integer, t -> Text, j -> Json,", "t: default \"'x'\"; j: default \"'[]'\";"),
        "ALTER TABLE `item` ADD COLUMN `t` TEXT NOT NULL DEFAULT ('x'), ADD COLUMN `j` JSON NOT NULL DEFAULT ('[]');",
        "ALTER TABLE `item` ADD COLUMN `t` TEXT NOT NULL DEFAULT 'x', ADD COLUMN `j` JSON NOT NULL DEFAULT '[]';",
    );
}

#[test]
fn a_computed_column_is_not_null_on_mysql_alone() {
    both(
        &item("n -> Integer,", ""),
        &item("n -> Integer, m -> Integer,", "m: generated \"n * 2\" virtual;"),
        "ALTER TABLE `item` ADD COLUMN `m` INT GENERATED ALWAYS AS (n * 2) VIRTUAL NOT NULL, ALGORITHM = INSTANT;",
        "ALTER TABLE `item` ADD COLUMN `m` INT GENERATED ALWAYS AS (n * 2) VIRTUAL, ALGORITHM = INSTANT;",
    );
}

#[test]
fn what_is_stated_of_the_way_is_known_of_each_server() {
    let drop = (item("n -> Integer,", ""), item("", ""));
    both(
        &drop.0,
        &drop.1,
        "ALTER TABLE `item` DROP COLUMN `n`;",
        "ALTER TABLE `item` DROP COLUMN `n`, ALGORITHM = INSTANT;",
    );
    let grow = |n: u32| item(&format!("#[max_length = {n}] v -> Varchar,"), "");
    both(
        &grow(20),
        &grow(300),
        "ALTER TABLE `item` MODIFY COLUMN `v` VARCHAR(300) NOT NULL;",
        "ALTER TABLE `item` MODIFY COLUMN `v` VARCHAR(300) NOT NULL, ALGORITHM = INSTANT;",
    );
    both(
        &item("", ""),
        &item("n -> Nullable<Integer>,", ""),
        "ALTER TABLE `item` ADD COLUMN `n` INT, ALGORITHM = INSTANT;",
        "ALTER TABLE `item` ADD COLUMN `n` INT, ALGORITHM = INSTANT;",
    );
}

#[test]
fn a_changed_column_is_defined_completely() {
    let with = |kind: &str| {
        item(
            &format!("v -> {kind},"),
            "v: type \"timestamp(3) on update current_timestamp(3)\", default \"current_timestamp(3)\", comment \"when\";",
        )
    };
    both(
        &with("Nullable<Timestamp>"),
        &with("Timestamp"),
        "ALTER TABLE `item` MODIFY COLUMN `v` TIMESTAMP(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'when';",
        "ALTER TABLE `item` MODIFY COLUMN `v` TIMESTAMP(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'when';",
    );
}
