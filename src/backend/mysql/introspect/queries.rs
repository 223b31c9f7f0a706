//! What is asked of `information_schema`, and what comes back: one query a kind of object, whatever
//! the number of tables. Every answer is a text, so that both servers give the same.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

use crate::backend::mysql::Flavor;

/// Objects of a history: nobody's business.
macro_rules! ours {
    ($column:literal) => {
        concat!(
            "AND ",
            $column,
            " <> '__diesel_schema_migrations' AND ",
            $column,
            " NOT LIKE '|_|_glowplug%' ESCAPE '|'"
        )
    };
}
pub(super) use ours;

#[derive(QueryableByName)]
pub(super) struct Server {
    #[diesel(sql_type = Text)]
    pub(super) version: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) database_name: Option<String>,
    #[diesel(sql_type = Text)]
    pub(super) collation_name: String,
    #[diesel(sql_type = Text)]
    pub(super) engine: String,
    #[diesel(sql_type = Text)]
    pub(super) folding: String,
}

pub(super) const SERVER: &str = "\
SELECT CAST(VERSION() AS CHAR) AS version, CAST(DATABASE() AS CHAR) AS database_name, \
  CAST(@@collation_database AS CHAR) AS collation_name, \
  CAST(@@default_storage_engine AS CHAR) AS engine, \
  CAST(@@lower_case_table_names AS CHAR) AS folding";

#[derive(QueryableByName)]
pub(super) struct TableRow {
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// `BASE TABLE`, `VIEW`, `SYSTEM VERSIONED`, `SEQUENCE`.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) engine: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) collation_name: Option<String>,
    /// `row_format=COMPRESSED key_block_size=8 partitioned`.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) options: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) comment: Option<String>,
}

pub(super) const TABLES: &str = concat!(
    "\
SELECT CAST(TABLE_NAME AS CHAR) AS name, CAST(TABLE_TYPE AS CHAR) AS kind, \
  CAST(ENGINE AS CHAR) AS engine, CAST(TABLE_COLLATION AS CHAR) AS collation_name, \
  CAST(CREATE_OPTIONS AS CHAR) AS options, CAST(TABLE_COMMENT AS CHAR) AS comment \
FROM information_schema.TABLES WHERE TABLE_SCHEMA = {db} ",
    ours!("TABLE_NAME"),
    " ORDER BY TABLE_NAME"
);

#[derive(QueryableByName)]
pub(super) struct ColumnRow {
    #[diesel(sql_type = Text)]
    pub(super) table_name: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) native: String,
    #[diesel(sql_type = Text)]
    pub(super) nullable: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) default: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) extra: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) generated: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) collation_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) comment: Option<String>,
}

pub(super) const COLUMNS: &str = concat!(
    "\
SELECT CAST(TABLE_NAME AS CHAR) AS table_name, CAST(COLUMN_NAME AS CHAR) AS name, \
  CAST(COLUMN_TYPE AS CHAR) AS native, CAST(IS_NULLABLE AS CHAR) AS nullable, \
  CAST(COLUMN_DEFAULT AS CHAR) AS `default`, CAST(EXTRA AS CHAR) AS extra, \
  CAST(GENERATION_EXPRESSION AS CHAR) AS `generated`, \
  CAST(COLLATION_NAME AS CHAR) AS collation_name, CAST(COLUMN_COMMENT AS CHAR) AS comment \
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = {db} ",
    ours!("TABLE_NAME"),
    " ORDER BY TABLE_NAME, ORDINAL_POSITION"
);

/// One key of an index.
#[derive(QueryableByName)]
pub(super) struct KeyRow {
    #[diesel(sql_type = Text)]
    pub(super) table_name: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) non_unique: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) column_name: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) expression: Option<String>,
    /// `A`, `D`, or nothing where it has no order.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) sorting: Option<String>,
    /// Characters of the prefix.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) length: Option<String>,
    /// `BTREE`, `HASH`, `FULLTEXT`, `SPATIAL`.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) comment: Option<String>,
    /// `YES` when the optimizer does not use it.
    #[diesel(sql_type = Text)]
    pub(super) unused: String,
}

/// The keys of the indexes, in order.
pub(super) fn keys(flavor: Flavor) -> String {
    let expression = if flavor.indexes_expressions() {
        "CAST(EXPRESSION AS CHAR)"
    } else {
        "CAST(NULL AS CHAR)"
    };
    let unused = match flavor {
        Flavor::MariaDb => "CAST(IGNORED AS CHAR)",
        Flavor::MySql => "IF(IS_VISIBLE = 'NO', 'YES', 'NO')",
    };
    format!(
        "SELECT CAST(TABLE_NAME AS CHAR) AS table_name, CAST(INDEX_NAME AS CHAR) AS name, \
  CAST(NON_UNIQUE AS CHAR) AS non_unique, CAST(COLUMN_NAME AS CHAR) AS column_name, \
  {expression} AS expression, CAST(COLLATION AS CHAR) AS sorting, CAST(SUB_PART AS CHAR) AS length, \
  CAST(INDEX_TYPE AS CHAR) AS kind, CAST(INDEX_COMMENT AS CHAR) AS comment, {unused} AS unused \
FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = {{db}} {} \
ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        ours!("TABLE_NAME")
    )
}

/// One column of a foreign key.
#[derive(QueryableByName)]
pub(super) struct ForeignKeyRow {
    #[diesel(sql_type = Text)]
    pub(super) table_name: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) column_name: String,
    #[diesel(sql_type = Text)]
    pub(super) foreign_schema: String,
    #[diesel(sql_type = Text)]
    pub(super) foreign_table: String,
    #[diesel(sql_type = Text)]
    pub(super) foreign_column: String,
}

pub(super) const FOREIGN_KEYS: &str = concat!(
    "\
SELECT CAST(k.TABLE_NAME AS CHAR) AS table_name, CAST(k.CONSTRAINT_NAME AS CHAR) AS name, \
  CAST(k.COLUMN_NAME AS CHAR) AS column_name, \
  CAST(k.REFERENCED_TABLE_SCHEMA AS CHAR) AS foreign_schema, \
  CAST(k.REFERENCED_TABLE_NAME AS CHAR) AS foreign_table, \
  CAST(k.REFERENCED_COLUMN_NAME AS CHAR) AS foreign_column \
FROM information_schema.KEY_COLUMN_USAGE k \
WHERE k.TABLE_SCHEMA = {db} AND k.REFERENCED_TABLE_NAME IS NOT NULL ",
    ours!("k.TABLE_NAME"),
    " ORDER BY k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION"
);

/// What a foreign key does.
#[derive(QueryableByName)]
pub(super) struct ActionRow {
    #[diesel(sql_type = Text)]
    pub(super) table_name: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) on_update: String,
    #[diesel(sql_type = Text)]
    pub(super) on_delete: String,
}

/// Not joined with the columns by the server, which compares each with each: of 1,000 tables that
/// took four times as long as both.
pub(super) const ACTIONS: &str = concat!(
    "\
SELECT CAST(TABLE_NAME AS CHAR) AS table_name, CAST(CONSTRAINT_NAME AS CHAR) AS name, \
  CAST(UPDATE_RULE AS CHAR) AS on_update, CAST(DELETE_RULE AS CHAR) AS on_delete \
FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = {db} ",
    ours!("TABLE_NAME")
);

#[derive(QueryableByName)]
pub(super) struct CheckRow {
    #[diesel(sql_type = Text)]
    pub(super) table_name: String,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) clause: String,
    /// `Table`, or `Column`: it goes with the column's definition.
    #[diesel(sql_type = Text)]
    pub(super) level: String,
}

/// The checks. MySQL says in `TABLE_CONSTRAINTS` whose they are.
pub(super) fn checks(flavor: Flavor) -> String {
    if flavor.keeps_checks_with_columns() {
        return concat!(
            "\
SELECT CAST(TABLE_NAME AS CHAR) AS table_name, CAST(CONSTRAINT_NAME AS CHAR) AS name, \
  CAST(CHECK_CLAUSE AS CHAR) AS clause, CAST(LEVEL AS CHAR) AS level \
FROM information_schema.CHECK_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = {db} ",
            ours!("TABLE_NAME"),
            " ORDER BY TABLE_NAME, CONSTRAINT_NAME"
        )
        .to_owned();
    }
    concat!(
        "\
SELECT CAST(t.TABLE_NAME AS CHAR) AS table_name, CAST(c.CONSTRAINT_NAME AS CHAR) AS name, \
  CAST(c.CHECK_CLAUSE AS CHAR) AS clause, 'Table' AS level \
FROM information_schema.CHECK_CONSTRAINTS c \
JOIN information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA \
  AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK' \
WHERE c.CONSTRAINT_SCHEMA = {db} ",
        ours!("t.TABLE_NAME"),
        " ORDER BY t.TABLE_NAME, c.CONSTRAINT_NAME"
    )
    .to_owned()
}

#[derive(QueryableByName)]
pub(super) struct ViewRow {
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Text)]
    pub(super) definition: String,
    /// `NONE`, `LOCAL`, `CASCADED`.
    #[diesel(sql_type = Text)]
    pub(super) check_option: String,
    /// `DEFINER` or `INVOKER`.
    #[diesel(sql_type = Text)]
    pub(super) security: String,
}

pub(super) const VIEWS: &str = concat!(
    "\
SELECT CAST(TABLE_NAME AS CHAR) AS name, CAST(VIEW_DEFINITION AS CHAR) AS definition, \
  CAST(CHECK_OPTION AS CHAR) AS check_option, CAST(SECURITY_TYPE AS CHAR) AS security \
FROM information_schema.VIEWS WHERE TABLE_SCHEMA = {db} ",
    ours!("TABLE_NAME"),
    " ORDER BY TABLE_NAME"
);
