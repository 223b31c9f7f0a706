//! Random tables, spelt in random ways: the text must read as what the pragmas say.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::SqliteConnection;
use fastrand::Rng;
use glowplug::backend::Scope;
use glowplug::backend::sqlite::introspect::introspect;
use glowplug::backend::sqlite::stored::read_table;
use glowplug::model::{Identity, Table};

use super::database;

const NAMES: [&str; 8] = ["a", "b c", "key", "d\"e", "F", "it's", "desc", "ü"];

fn one_of<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    words[rng.usize(0..words.len())]
}

/// The name in one of the spellings that SQLite takes.
fn spell(rng: &mut Rng, name: &str) -> String {
    let plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b >= 0x80);
    match rng.u8(0..5) {
        0 if plain => name.to_owned(),
        1 if plain => name.to_uppercase().replace('Ü', "ü"),
        2 => format!("[{name}]"),
        3 => format!("`{name}`"),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// What may stand between two words.
fn gap(rng: &mut Rng) -> &'static str {
    one_of(rng, &[" ", " ", "  ", "\n", " /* , ( */ ", " -- it's )\n", "\t"])
}

fn column_constraints(rng: &mut Rng, other: &str) -> Vec<String> {
    let mut all = vec![
        one_of(rng, &["NOT NULL", "NULL", "not null ON CONFLICT FAIL"]).to_owned(),
        one_of(rng, &["UNIQUE", "unique on conflict ignore"]).to_owned(),
        one_of(
            rng,
            &["DEFAULT 1", "DEFAULT (1 + (2))", "DEFAULT -3", "DEFAULT 'x)'", "DEFAULT word"],
        )
        .to_owned(),
        format!("CHECK ({other} IS NOT ')' OR {other} > (2))"),
        "COLLATE nocase".to_owned(),
        format!(
            "REFERENCES parent{}",
            one_of(rng, &[" (id)", "", " ON DELETE CASCADE DEFERRABLE"])
        ),
    ];
    rng.shuffle(&mut all);
    all.truncate(rng.usize(0..4));
    for constraint in &mut all {
        if rng.u8(0..4) == 0 {
            *constraint = format!("CONSTRAINT {} {constraint}", spell(rng, "some name"));
        }
    }
    all
}

/// A CREATE TABLE, and the names of its columns.
pub(crate) fn create(rng: &mut Rng) -> (String, Vec<&'static str>) {
    let mut names = NAMES.to_vec();
    rng.shuffle(&mut names);
    names.truncate(rng.usize(1..NAMES.len()));
    let mut elements = Vec::new();
    for name in &names {
        let types = [
            "",
            "INT",
            "INTEGER",
            "VARCHAR(20)",
            "numeric ( 12 , 2 )",
            "\"my type\"",
            "LONG LONG INT",
        ];
        let mut words = vec![spell(rng, name), one_of(rng, &types).to_owned()];
        let other = spell(rng, names[0]);
        words.extend(column_constraints(rng, &other));
        words.retain(|word| !word.is_empty());
        elements.push(words.join(gap(rng)));
    }
    let mut sql = format!("CREATE TABLE{}t{}(", gap(rng), gap(rng));
    sql += &elements.join(&format!("{},{}", gap(rng), gap(rng)));
    let mut constraints = Vec::new();
    if rng.bool() {
        let columns: Vec<_> =
            names.iter().take(rng.usize(1..=names.len())).map(|n| spell(rng, n)).collect();
        constraints.push(format!("PRIMARY KEY{}({})", gap(rng), columns.join(",")));
    }
    if rng.bool() {
        constraints.push(format!("UNIQUE ({} DESC)", spell(rng, names[0])));
    }
    if rng.bool() {
        constraints.push(format!("FOREIGN KEY ({}) REFERENCES parent", spell(rng, names[0])));
    }
    if rng.bool() {
        constraints.push(format!("CHECK (length({}) < 99)", spell(rng, names[0])));
    }
    if !constraints.is_empty() {
        let comma = if rng.bool() { "," } else { gap(rng) };
        sql += &format!(",{}{}", gap(rng), constraints.join(comma));
    }
    (format!("{sql}{})", gap(rng)), names)
}

#[derive(QueryableByName)]
struct PragmaColumn {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    notnull: i32,
    #[diesel(sql_type = Integer)]
    pk: i32,
}

#[derive(QueryableByName)]
struct IndexColumn {
    #[diesel(sql_type = Text)]
    index: String,
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    n: i32,
}

fn count(connection: &mut SqliteConnection, sql: &str) -> usize {
    let row: Count = diesel::sql_query(sql).get_result(connection).expect(sql);
    usize::try_from(row.n).expect("a count is not negative")
}

#[test]
fn random_tables_read_as_the_pragmas_say() {
    for seed in 0..500 {
        let mut rng = Rng::with_seed(seed);
        let (sql, names) = create(&mut rng);
        let mut connection =
            database(&format!("CREATE TABLE parent (id INTEGER PRIMARY KEY); {sql}"));
        let schema = introspect(&mut connection, &Scope::default()).unwrap();
        let table: &Table = schema.table(&"t".into()).unwrap();
        let text = table.stored.as_deref().unwrap();
        read_table(text).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{sql}"));

        let rows: Vec<PragmaColumn> = diesel::sql_query(
            "SELECT name, \"notnull\", pk FROM pragma_table_info('t') ORDER BY cid",
        )
        .load(&mut connection)
        .unwrap();
        assert_eq!(rows.len(), names.len());
        for (row, column) in rows.iter().zip(&table.columns) {
            assert_eq!(row.name, column.name, "seed {seed}: {sql}");
            let rowid = column.identity == Identity::Rowid;
            assert_eq!(column.nullable, row.notnull == 0 && !rowid, "seed {seed}: {sql}");
        }
        let mut key: Vec<_> = rows.iter().filter(|row| row.pk > 0).collect();
        key.sort_by_key(|row| row.pk);
        let key: Vec<_> = key.into_iter().map(|row| row.name.clone()).collect();
        assert_eq!(
            table.primary_key.as_ref().map_or(&[][..], |key| &key.columns),
            key,
            "seed {seed}: {sql}"
        );

        // A foreign key said twice is one.
        let keys = count(
            &mut connection,
            "SELECT count(DISTINCT \"from\" || coalesce(\"to\", 'id') || on_delete) AS n
            FROM pragma_foreign_key_list('t')",
        );
        let stated: BTreeSet<_> = (table.foreign_keys.iter())
            .map(|key| (&key.columns, &key.foreign_columns, key.on_delete.sql()))
            .collect();
        assert_eq!(stated.len(), keys, "seed {seed}: {sql}");
        // One index for each list of columns, however often the text says it.
        let indexed: Vec<IndexColumn> = diesel::sql_query(
            "SELECT i.name AS \"index\", x.name FROM pragma_index_list('t') AS i
            JOIN pragma_index_xinfo(i.name) AS x WHERE x.key ORDER BY i.name, x.seqno",
        )
        .load(&mut connection)
        .unwrap();
        let kept: BTreeSet<Vec<String>> = indexed
            .chunk_by(|a, b| a.index == b.index)
            .map(|rows| rows.iter().map(|row| row.name.clone()).collect())
            .collect();
        let mut stated: BTreeSet<_> = table.uniques.iter().map(|u| u.columns.clone()).collect();
        let rowid = table.columns.iter().any(|column| column.identity == Identity::Rowid);
        if !key.is_empty() && !rowid {
            stated.insert(key);
        }
        assert_eq!(stated, kept, "seed {seed}: {sql}");
    }
}
