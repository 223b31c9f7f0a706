//! The statements, and the rows that they give.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Integer, Nullable, Text};
use diesel::sqlite::SqliteConnection;

use crate::backend::DatabaseError;

/// A row of `sqlite_master`.
#[derive(Debug, QueryableByName)]
pub(super) struct MasterRow {
    /// `table`, `index`, `view` or `trigger`.
    #[diesel(sql_type = Text, column_name = "type")]
    pub(super) kind: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) tbl_name: String,
    /// NULL for an index behind a constraint.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) sql: Option<String>,
}

/// A row of `pragma_table_list`.
#[derive(Debug, QueryableByName)]
pub(super) struct KindRow {
    #[diesel(sql_type = Text)]
    name: String,
    /// `table`, `view`, `virtual` or `shadow`.
    #[diesel(sql_type = Text, column_name = "type")]
    pub(super) kind: String,
    #[diesel(sql_type = Integer, column_name = "wr")]
    pub(super) without_rowid: i32,
    #[diesel(sql_type = Integer)]
    pub(super) strict: i32,
}

/// A row of `pragma_table_xinfo`.
#[derive(Debug, QueryableByName)]
pub(super) struct ColumnRow {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Integer)]
    cid: i32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text, column_name = "type")]
    pub(super) declared: String,
    #[diesel(sql_type = Integer)]
    pub(super) notnull: i32,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) dflt_value: Option<String>,
    /// The place in the primary key, from 1; 0 for a column outside of it.
    #[diesel(sql_type = Integer)]
    pub(super) pk: i32,
    /// 2 for a virtual generated column, 3 for a stored one.
    #[diesel(sql_type = Integer)]
    pub(super) hidden: i32,
}

/// Every object, in the order in which they were created.
pub(super) fn master(connection: &mut SqliteConnection) -> Result<Vec<MasterRow>, DatabaseError> {
    sql_query("SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY rowid")
        .load(connection)
        .map_err(DatabaseError::query("reading `sqlite_master`"))
}

/// The kind of every table, by name. `pragma_table_list` is there since SQLite 3.37; before, the
/// text tells what is virtual, and the names what its shadows are.
pub(super) fn kinds(
    connection: &mut SqliteConnection,
    objects: &[MasterRow],
) -> Result<BTreeMap<String, KindRow>, DatabaseError> {
    let rows: Result<Vec<KindRow>, _> =
        sql_query("SELECT name, type, wr, strict FROM pragma_table_list WHERE schema = 'main'")
            .load(connection);
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) if error.to_string().contains("no such table: pragma_table_list") => {
            guessed_kinds(objects)
        }
        Err(error) => return Err(DatabaseError::query("reading `pragma_table_list`")(error)),
    };
    Ok(rows.into_iter().map(|row| (row.name.clone(), row)).collect())
}

fn guessed_kinds(objects: &[MasterRow]) -> Vec<KindRow> {
    let is_virtual = |object: &MasterRow| {
        let start = object.sql.as_deref().and_then(|sql| sql.get(..15)).unwrap_or_default();
        start.eq_ignore_ascii_case("CREATE VIRTUAL ")
    };
    let row = |name: &str, kind: &str| KindRow {
        name: name.to_owned(),
        kind: kind.to_owned(),
        without_rowid: 0,
        strict: 0,
    };
    let mut rows = Vec::new();
    for object in objects.iter().filter(|object| is_virtual(object)) {
        rows.push(row(&object.name, "virtual"));
        let prefix = format!("{}_", object.name);
        let shadows = objects.iter().filter(|o| o.kind == "table" && o.name.starts_with(&prefix));
        rows.extend(shadows.map(|shadow| row(&shadow.name, "shadow")));
    }
    rows
}

/// A row of [`column_names`].
#[derive(QueryableByName)]
struct NamesRow {
    #[diesel(sql_type = Text)]
    of: String,
    /// NULL for a table whose columns SQLite cannot tell.
    #[diesel(sql_type = Nullable<Text>)]
    names: Option<String>,
}

/// The names of the columns of every table that has rows of its own, by table, each as
/// [`counted`] writes it: one row a table, since each row has its price. A virtual table has no
/// root page, and its module may not be at hand.
pub(super) fn column_names(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, String>, DatabaseError> {
    let rows: Vec<NamesRow> = sql_query(
        r#"SELECT m.name AS "of", (
            SELECT group_concat(counted, '') FROM (
                SELECT length(x.name) || ':' || x.name AS counted
                FROM pragma_table_xinfo(m.name, 'main') AS x ORDER BY x.cid
            )
        ) AS names
        FROM main.sqlite_master AS m WHERE m.type = 'table' AND m.rootpage > 0"#,
    )
    .load(connection)
    .map_err(DatabaseError::query("reading `pragma_table_xinfo`"))?;
    Ok(rows.into_iter().filter_map(|row| Some((row.of, row.names?))).collect())
}

/// A name behind its length in characters, so that names in a row are told apart.
pub(super) fn counted(name: &str) -> String {
    format!("{}:{name}", name.chars().count())
}

/// The columns of every table that has rows of its own, by table.
pub(super) fn columns(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<String, Vec<ColumnRow>>, DatabaseError> {
    let rows: Vec<ColumnRow> = sql_query(
        r#"SELECT m.name AS "of", x.cid, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
        FROM main.sqlite_master AS m CROSS JOIN pragma_table_xinfo(m.name, 'main') AS x
        WHERE m.type = 'table' AND m.rootpage > 0"#,
    )
    .load(connection)
    .map_err(DatabaseError::query("reading `pragma_table_xinfo`"))?;
    let mut columns: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
    for row in rows {
        columns.entry(row.of.clone()).or_default().push(row);
    }
    for rows in columns.values_mut() {
        rows.sort_by_key(|row| row.cid);
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use diesel::connection::SimpleConnection;

    use super::*;

    #[test]
    fn what_old_versions_do_not_say_is_told_by_texts_and_names() {
        let mut connection = SqliteConnection::establish(":memory:").expect("SQLite opens");
        connection
            .batch_execute(
                "CREATE TABLE note (a); CREATE VIRTUAL TABLE search USING fts5(a);
                CREATE VIRTUAL TABLE \"place x\" USING rtree(id, x0, x1)",
            )
            .expect("the tables are made");
        let objects = master(&mut connection).expect("they are read");
        let told = kinds(&mut connection, &objects).expect("this version tells");
        let odd = |kind: &str| kind == "virtual" || kind == "shadow";
        let mut guessed: Vec<_> =
            guessed_kinds(&objects).into_iter().map(|row| (row.name, row.kind)).collect();
        guessed.sort();
        let told = told.into_values().map(|row| (row.name, row.kind)).filter(|row| odd(&row.1));
        assert_eq!(guessed, told.collect::<Vec<_>>());
    }
}
