//! The Diesel type of a column, and the types that Diesel knows.

use std::fmt;

use crate::backend::Backend;

/// The Diesel type of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ColumnType {
    /// The schema of the type, where it is not the default one.
    pub(super) schema: Option<String>,
    pub(super) rust: String,
    pub(super) sql: String,
    pub(super) is_array: bool,
    pub(super) is_nullable: bool,
    pub(super) is_unsigned: bool,
    pub(super) max_length: Option<u64>,
}

impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrappers = [
            (self.is_nullable, "Nullable<", ">"),
            (self.is_array, "Array<Nullable<", ">>"),
            (self.is_unsigned, "Unsigned<", ">"),
        ];
        for (_, open, _) in wrappers.iter().filter(|(is, ..)| *is) {
            f.write_str(open)?;
        }
        f.write_str(&self.rust)?;
        for (_, _, close) in wrappers.iter().rev().filter(|(is, ..)| *is) {
            f.write_str(close)?;
        }
        Ok(())
    }
}

/// What `diesel::sql_types::*` has with every backend.
const COMMON: &[&str] = &[
    "BigInt",
    "Bigint",
    "Binary",
    "Bit",
    "Blob",
    "Bool",
    "Char",
    "Date",
    "Decimal",
    "Double",
    "Float",
    "Float4",
    "Float8",
    "Int2",
    "Int4",
    "Int8",
    "Integer",
    "Longblob",
    "Longtext",
    "Mediumblob",
    "Mediumtext",
    "Numeric",
    "SmallInt",
    "Smallint",
    "Text",
    "Time",
    "Timestamp",
    "Tinyblob",
    "Tinytext",
    "VarChar",
    "Varbinary",
    "Varchar",
];

const POSTGRES: &[&str] = &[
    "BigSerial",
    "Bpchar",
    "Bytea",
    "Cidr",
    "Citext",
    "Datemultirange",
    "Daterange",
    "Inet",
    "Int4multirange",
    "Int4range",
    "Int8multirange",
    "Int8range",
    "Interval",
    "Json",
    "Jsonb",
    "MacAddr",
    "MacAddr8",
    "Macaddr",
    "Macaddr8",
    "Money",
    "Nummultirange",
    "Numrange",
    "Oid",
    "PgLsn",
    "Range",
    "Record",
    "Serial",
    "SmallSerial",
    "Timestamptz",
    "Tsmultirange",
    "Tsrange",
    "Tstzmultirange",
    "Tstzrange",
    "Uuid",
];

const MYSQL: &[&str] = &["Datetime", "Json", "TinyInt", "Tinyint"];

/// SQLite's types are a closed set: none is ever defined.
const SQLITE: &[&str] = &["Json", "Jsonb", "TimestamptzSqlite"];

/// Whether Diesel has the type for this backend.
pub(super) fn is_known(backend: Backend, rust: &str) -> bool {
    let own = match backend {
        Backend::Sqlite => SQLITE,
        Backend::Postgres => POSTGRES,
        Backend::Mysql => MYSQL,
    };
    COMMON.contains(&rust) || own.contains(&rust)
}
