//! What becomes of each table and column, told from the models and the answers alone, so that the
//! rows after a migration can be judged without asking the migration what it did.

use std::collections::BTreeMap;

use glowplug::model::{Schema, Table};

use super::case::CaseAnswers;
use super::rows::{ROWID, Row, Rows};

/// What becomes of the tables that the models name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fates {
    tables: BTreeMap<String, TableFate>,
}

/// What becomes of a table.
#[derive(Clone, Debug)]
enum TableFate {
    Dropped,
    Kept { name: String, columns: BTreeMap<String, ColumnFate>, rowid: bool },
}

/// What becomes of a column.
#[derive(Clone, Debug)]
enum ColumnFate {
    Dropped,
    Kept {
        name: String,
        /// Its type changes: values are compared by what they say.
        retyped: bool,
        /// It becomes NOT NULL: a NULL may turn into anything else.
        filled: bool,
        /// It is computed before or after: nothing is promised.
        computed: bool,
    },
}

impl Fates {
    /// From the models before and after, and the answers.
    pub(crate) fn of(before: &Schema, after: &Schema, answers: &CaseAnswers) -> Self {
        let mut fates = Self::default();
        for table in before.tables.values() {
            let name = table.name.to_string();
            let fate = match successor(table, after, answers) {
                Some(next) => Self::table(table, next, answers),
                None if answers.drops.contains(&name) => TableFate::Dropped,
                None => continue,
            };
            fates.tables.insert(name, fate);
        }
        fates
    }

    fn table(from: &Table, to: &Table, answers: &CaseAnswers) -> TableFate {
        let mut columns = BTreeMap::new();
        for column in &from.columns {
            let asked = answers.renames.iter().find_map(|(left, right)| {
                let (table, old) = left.split_once('.')?;
                let here = table == from.name.name || table == to.name.name;
                (here && old == column.name).then(|| right.clone())
            });
            let hinted = to.columns.iter().find(|c| c.renamed_from.contains(&column.name));
            let next = match asked {
                Some(name) => to.column(&name),
                None => hinted.or_else(|| to.column(&column.name)),
            };
            let fate = match next {
                None => ColumnFate::Dropped,
                Some(next) => ColumnFate::Kept {
                    name: next.name.clone(),
                    retyped: next.sql_type != column.sql_type,
                    filled: column.nullable && !next.nullable,
                    computed: next.generated.is_some() || column.generated.is_some(),
                },
            };
            columns.insert(column.name.clone(), fate);
        }
        let rowid = !from.options.without_rowid && !to.options.without_rowid;
        TableFate::Kept { name: to.name.to_string(), columns, rowid }
    }

    /// What must be found after up, by what was there before; and what is found instead.
    pub(crate) fn lost_on_the_way_up(&self, before: &Rows, after: &Rows) -> Vec<String> {
        let mut lost = Vec::new();
        for (table, rows) in before {
            let plain =
                TableFate::Kept { name: table.clone(), columns: BTreeMap::new(), rowid: true };
            let TableFate::Kept { name, columns, rowid } = self.tables.get(table).unwrap_or(&plain)
            else {
                if after.contains_key(table) {
                    lost.push(format!("table {table} is still there"));
                }
                continue;
            };
            let Some(found) = after.get(name) else {
                lost.push(format!("table {name} is gone"));
                continue;
            };
            let expected: Vec<Pattern> =
                rows.iter().map(|row| Pattern::forward(row, columns, *rowid)).collect();
            lost.extend(unmatched(name, &expected, found));
        }
        lost
    }

    /// What must be found after down: all that was there before, in the columns that stayed.
    pub(crate) fn lost_on_the_way_back(&self, before: &Rows, after: &Rows) -> Vec<String> {
        let mut lost = Vec::new();
        for (table, rows) in before {
            let plain =
                TableFate::Kept { name: table.clone(), columns: BTreeMap::new(), rowid: true };
            let Some(found) = after.get(table) else {
                lost.push(format!("table {table} did not come back"));
                continue;
            };
            if let TableFate::Kept { columns, rowid, .. } = self.tables.get(table).unwrap_or(&plain)
            {
                let expected: Vec<Pattern> =
                    rows.iter().map(|row| Pattern::back(row, columns, *rowid)).collect();
                lost.extend(unmatched(table, &expected, found));
            }
        }
        lost
    }
}

/// The table that a table becomes.
fn successor<'a>(table: &Table, after: &'a Schema, answers: &CaseAnswers) -> Option<&'a Table> {
    let name = table.name.to_string();
    let asked = answers.renames.iter().find(|(left, _)| *left == name).map(|(_, right)| right);
    if let Some(asked) = asked {
        return after.tables.values().find(|t| t.name.to_string() == *asked);
    }
    let hinted = after.tables.values().find(|t| t.renamed_from.contains(&table.name.name));
    hinted.or_else(|| after.tables.get(&table.name))
}

/// What a row must say, column by column.
struct Pattern(Vec<(String, Expected)>);

enum Expected {
    Exactly(String),
    /// The same number or the same text, whatever its type.
    Loosely(String),
    /// It was NULL and has been filled.
    Something,
}

impl Pattern {
    fn forward(row: &Row, columns: &BTreeMap<String, ColumnFate>, rowid: bool) -> Self {
        Self::new(row, columns, rowid, true)
    }

    fn back(row: &Row, columns: &BTreeMap<String, ColumnFate>, rowid: bool) -> Self {
        Self::new(row, columns, rowid, false)
    }

    fn new(row: &Row, columns: &BTreeMap<String, ColumnFate>, rowid: bool, up: bool) -> Self {
        let mut pattern = Vec::new();
        for (column, value) in row {
            if column == ROWID {
                if rowid {
                    pattern.push((column.clone(), Expected::Exactly(value.clone())));
                }
                continue;
            }
            match columns.get(column) {
                None => pattern.push((column.clone(), Expected::Exactly(value.clone()))),
                Some(ColumnFate::Dropped | ColumnFate::Kept { computed: true, .. }) => {}
                Some(ColumnFate::Kept { name, retyped, filled, .. }) => {
                    let name = if up { name } else { column };
                    let expected = if value == "NULL" && *filled {
                        Expected::Something
                    } else if *retyped {
                        Expected::Loosely(value.clone())
                    } else {
                        Expected::Exactly(value.clone())
                    };
                    pattern.push((name.clone(), expected));
                }
            }
        }
        Self(pattern)
    }

    fn matches(&self, row: &Row) -> bool {
        self.0.iter().all(|(column, expected)| match (row.get(column), expected) {
            (None, _) => column == ROWID,
            (Some(value), Expected::Exactly(wanted)) => value == wanted,
            (Some(value), Expected::Loosely(wanted)) => same(value, wanted),
            (Some(value), Expected::Something) => value != "NULL",
        })
    }

    fn show(&self) -> String {
        let fields = self.0.iter().map(|(column, expected)| match expected {
            Expected::Exactly(value) => format!("{column} = {value}"),
            Expected::Loosely(value) => format!("{column} ~ {value}"),
            Expected::Something => format!("{column} is filled"),
        });
        fields.collect::<Vec<_>>().join(", ")
    }
}

/// `'17'`, `17` and `17.0` say the same.
fn same(left: &str, right: &str) -> bool {
    let bare = |text: &str| text.trim_matches('\'').to_owned();
    match (bare(left).parse::<f64>(), bare(right).parse::<f64>()) {
        (Ok(left), Ok(right)) => (left - right).abs() < 1e-9,
        _ => bare(left) == bare(right),
    }
}

/// Pairs expectations with rows one to one.
fn unmatched(table: &str, expected: &[Pattern], found: &[Row]) -> Vec<String> {
    let mut free: Vec<&Row> = found.iter().collect();
    let mut problems = Vec::new();
    for pattern in expected {
        match free.iter().position(|row| pattern.matches(row)) {
            Some(at) => drop(free.swap_remove(at)),
            None => problems.push(format!("{table}: no row with {}", pattern.show())),
        }
    }
    problems.extend(free.iter().map(|row| format!("{table}: unexpected row {row:?}")));
    problems
}
