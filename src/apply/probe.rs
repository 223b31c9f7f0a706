//! Counts what a hazard is about, on the live database before the plan.
//!
//! Counts of rows and NULLs go through the query builder, whose names are only known at run time;
//! what needs a join or a group is SQL, with names quoted by [`ident`].

mod convert;
mod source;

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use diesel_dynamic_schema::Table;

use crate::backend::{Backend, DatabaseError, ident};
use crate::connection::AnyConnection;
use crate::model::{IndexKey, IndexPart, QualifiedName};
use crate::plan::safety::{Finding, Probe, Source};

/// How many characters of a key or value are shown.
const SHOWN: usize = 40;

/// Counts, and takes a small sample of what it found.
///
/// Nothing is changed. One statement counts, one samples; the conversion of types on PostgreSQL
/// needs a temporary function, which is made in a transaction that is rolled back, and on MySQL a
/// temporary table.
///
/// # Errors
/// When the database refuses: the table or column is not there, an expression does not fit.
pub fn count(connection: &mut AnyConnection, probe: &Probe) -> Result<Finding, DatabaseError> {
    let mut prober = Prober { backend: connection.backend(), connection };
    match probe {
        Probe::Rows { table } => {
            let total = prober.rows(table)?;
            Ok(Finding { count: total, total, sample: Vec::new() })
        }
        Probe::NonNull { table, column } => {
            let total = prober.rows(table)?;
            let count = total - prober.nulls(table, column)?;
            Ok(Finding { count, total, sample: Vec::new() })
        }
        Probe::Nulls { table, column, key } => {
            let total = prober.rows(table)?;
            let count = prober.nulls(table, column)?;
            let from = ident::quote_name(prober.backend, table);
            let is_null = format!("{} IS NULL", ident::quote(prober.backend, column));
            let sample = prober.sample(count, key, &from, &is_null)?;
            Ok(Finding { count, total, sample })
        }
        Probe::Duplicates { source, parts, predicate } => {
            prober.duplicates(source, parts, predicate.as_deref())
        }
        Probe::Orphans { source, columns, foreign_table, foreign_columns } => {
            prober.orphans(source, columns, foreign_table, foreign_columns)
        }
        Probe::Violations { source, expression, key } => {
            let from = source::from_clause(prober.backend, source);
            prober.found(&from, &format!("NOT ({expression})"), key)
        }
        Probe::Unconvertible { table, column, from, to } => {
            prober.unconvertible(table, column, from, to)
        }
    }
}

struct Prober<'c> {
    backend: Backend,
    connection: &'c mut AnyConnection,
}

/// The SQL type of a column of which only the NULLs matter.
type Anything = Nullable<Text>;

#[derive(QueryableByName)]
struct Counts {
    #[diesel(sql_type = BigInt)]
    found: i64,
    #[diesel(sql_type = BigInt)]
    total: i64,
}

/// Bytes: a SQLite text need not be UTF-8.
#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Nullable<Binary>)]
    shown: Option<Vec<u8>>,
}

impl Prober<'_> {
    fn rows(&mut self, table: &QualifiedName) -> Result<i64, DatabaseError> {
        let query = dynamic(table).select(count_star());
        query.get_result(self.connection).map_err(counting(table))
    }

    fn nulls(&mut self, table: &QualifiedName, column: &str) -> Result<i64, DatabaseError> {
        let source = dynamic(table);
        let column = source.column::<Anything, _>(column.to_owned());
        let query = source.filter(column.is_null()).select(count_star());
        query.get_result(self.connection).map_err(counting(table))
    }

    /// Rows for which a condition is true, named by their key.
    fn found(
        &mut self,
        from: &str,
        condition: &str,
        key: &[String],
    ) -> Result<Finding, DatabaseError> {
        let counts = self.counts(&format!(
            "SELECT count(CASE WHEN {condition} THEN 1 END) AS found, count(*) AS total FROM {from}"
        ))?;
        let sample = self.sample(counts.found, key, from, condition)?;
        Ok(Finding { count: counts.found, total: counts.total, sample })
    }

    fn counts(&mut self, sql: &str) -> Result<Counts, DatabaseError> {
        diesel::sql_query(sql)
            .get_result(self.connection)
            .map_err(DatabaseError::query(format!("counting by `{sql}`")))
    }

    /// The first few different values of columns, in their order.
    fn sample(
        &mut self,
        count: i64,
        columns: &[String],
        from: &str,
        condition: &str,
    ) -> Result<Vec<String>, DatabaseError> {
        if count == 0 || columns.is_empty() {
            return Ok(Vec::new());
        }
        let columns: Vec<_> = columns.iter().map(|c| ident::quote(self.backend, c)).collect();
        let shown = source::shown(self.backend, &columns);
        let columns = columns.join(", ");
        self.shown(&format!(
            "SELECT {shown} AS shown FROM {from} WHERE {condition} \
             GROUP BY {columns} ORDER BY {columns} LIMIT {}",
            Finding::SAMPLE
        ))
    }

    fn shown(&mut self, sql: &str) -> Result<Vec<String>, DatabaseError> {
        let rows: Vec<Shown> = diesel::sql_query(sql)
            .load(self.connection)
            .map_err(DatabaseError::query(format!("sampling by `{sql}`")))?;
        Ok(rows.into_iter().map(|row| printable(&row.shown.unwrap_or_default())).collect())
    }

    /// Keys that more than one row has. A NULL is equal to nothing, itself included.
    fn duplicates(
        &mut self,
        source: &Source,
        parts: &[IndexPart],
        predicate: Option<&str>,
    ) -> Result<Finding, DatabaseError> {
        let from = source::from_clause(self.backend, source);
        let keys: Vec<_> = parts.iter().map(|part| self.key(part)).collect();
        let mut conditions: Vec<_> = keys.iter().map(|key| format!("{key} IS NOT NULL")).collect();
        conditions.extend(predicate.map(|predicate| format!("({predicate})")));
        let (keys_list, conditions) = (keys.join(", "), conditions.join(" AND "));
        let groups =
            format!("FROM {from} WHERE {conditions} GROUP BY {keys_list} HAVING count(*) > 1");
        let alias = ident::quote(self.backend, "groups");
        let counts = self.counts(&format!(
            "SELECT (SELECT count(*) FROM (SELECT 1 AS one {groups}) AS {alias}) AS found, \
             (SELECT count(*) FROM {from}) AS total"
        ))?;
        let sample = if counts.found == 0 {
            Vec::new()
        } else {
            // The smallest of a group: equal keys may be spelt differently (NOCASE).
            let first: Vec<_> = match self.backend {
                Backend::Sqlite => parts
                    .iter()
                    .map(|part| format!("min({} COLLATE BINARY)", self.plain_key(part)))
                    .collect(),
                Backend::Postgres | Backend::Mysql => keys.clone(),
            };
            let shown = source::shown(self.backend, &first);
            self.shown(&format!(
                "SELECT {shown} AS shown {groups} ORDER BY {keys_list} LIMIT {}",
                Finding::SAMPLE
            ))?
        };
        Ok(Finding { count: counts.found, total: counts.total, sample })
    }

    fn plain_key(&self, part: &IndexPart) -> String {
        match &part.key {
            IndexKey::Column(column) => ident::quote(self.backend, column),
            IndexKey::Expression(sql) => format!("({sql})"),
        }
    }

    fn key(&self, part: &IndexPart) -> String {
        let key = self.plain_key(part);
        match &part.collation {
            Some(collation) => {
                format!("({key} COLLATE {})", ident::quote(self.backend, collation))
            }
            None => key,
        }
    }

    /// Rows that refer to none. One with a NULL in it does not refer (`MATCH SIMPLE`).
    fn orphans(
        &mut self,
        source: &Source,
        columns: &[String],
        foreign_table: &QualifiedName,
        foreign_columns: &[String],
    ) -> Result<Finding, DatabaseError> {
        let quote = |name: &String| ident::quote(self.backend, name);
        let from = source::from_clause(self.backend, source);
        let alias = ident::quote(self.backend, &source.alias);
        // A name that neither table has, so that a table may refer to itself.
        let parent = ident::quote(self.backend, &format!("{} referred to", source.alias));
        let refers = columns.iter().map(|column| format!("{alias}.{} IS NOT NULL", quote(column)));
        let refers = refers.collect::<Vec<_>>().join(" AND ");
        let foreign: Vec<_> = foreign_columns.iter().map(quote).collect();
        let foreign_table = ident::quote_name(self.backend, foreign_table);
        // Without an affinity of its own the value is compared as one of the parent's column, as the
        // foreign key does, and an index can be used whatever the two types.
        let plus = if self.backend == Backend::Sqlite { "+" } else { "" };
        let pairs = |foreign: &[String]| -> String {
            let pairs = columns.iter().zip(foreign);
            let same =
                pairs.map(|(one, to)| format!("{parent}.{to} = {plus}{alias}.{}", quote(one)));
            same.collect::<Vec<_>>().join(" AND ")
        };
        if self.backend != Backend::Sqlite {
            let condition = format!(
                "{refers} AND NOT EXISTS (SELECT 1 FROM {foreign_table} AS {parent} WHERE {})",
                pairs(&foreign)
            );
            return self.found(&from, &condition, columns);
        }
        // A subquery would read the whole table for each row where no index helps; of a join SQLite
        // makes an index for the time of the query.
        let names: Vec<_> =
            (0..foreign.len()).map(|n| quote(&format!("referred to {n}"))).collect();
        let keys = foreign.iter().zip(&names).map(|(column, name)| format!("{column} AS {name}"));
        let keys = keys.collect::<Vec<_>>().join(", ");
        let joined = format!(
            "{from} LEFT JOIN (SELECT DISTINCT {keys} FROM {foreign_table}) AS {parent} ON {}",
            pairs(&names)
        );
        let condition = format!("{refers} AND {parent}.{} IS NULL", names[0]);
        let counts = self.counts(&format!(
            "SELECT (SELECT count(*) FROM {joined} WHERE {condition}) AS found, \
             (SELECT count(*) FROM {from}) AS total"
        ))?;
        let sample = self.sample(counts.found, columns, &joined, &condition)?;
        Ok(Finding { count: counts.found, total: counts.total, sample })
    }
}

/// A table whose name is known only now.
fn dynamic(table: &QualifiedName) -> Table<String> {
    match &table.schema {
        Some(schema) => diesel_dynamic_schema::schema(schema.clone()).table(table.name.clone()),
        None => diesel_dynamic_schema::table(table.name.clone()),
    }
}

fn counting(table: &QualifiedName) -> impl FnOnce(diesel::result::Error) -> DatabaseError {
    DatabaseError::query(format!("counting the rows of `{table}`"))
}

/// A value as it may stand in a message: without control characters, and not too long.
pub(super) fn printable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut chars = text.chars();
    let mut shown: String = chars.by_ref().take(SHOWN).flat_map(escaped).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

fn escaped(c: char) -> Vec<char> {
    // Marks that turn the direction of the text would mislead the reader.
    let misleads =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || misleads { c.escape_default().collect() } else { vec![c] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_printed() {
        assert_eq!(printable(b"a@b"), "a@b");
        assert_eq!(printable(b"two\nlines\x1b[31m"), "two\\nlines\\u{1b}[31m");
        assert_eq!(printable("\u{202e}abc".as_bytes()), "\\u{202e}abc");
        assert_eq!(printable(&[0xff, b'a']), "\u{fffd}a");
        assert_eq!(printable("é".repeat(41).as_bytes()), format!("{}…", "é".repeat(40)));
    }
}
