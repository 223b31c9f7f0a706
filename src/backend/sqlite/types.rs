//! The types: which declared type a Diesel type gets, and which ones it loads.
//!
//! SQLite keeps values, not types: a declared type is only a hint, its affinity
//! (<https://sqlite.org/datatype3.html>). Two declared types are the same to Diesel when it
//! writes and reads the same values under both.

use crate::backend::Refusal;
use crate::model::{Column, DieselType, Identity, Schema};

/// What a declared type says, as far as Diesel is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// No type, or `ANY`: every value stays as it is.
    Untyped,
    Boolean,
    Integer,
    Real,
    Numeric,
    Text,
    Binary,
    Timestamp,
    Date,
    Time,
    Json,
    Jsonb,
    /// Any other name: NUMERIC affinity, so that a text of digits becomes a number.
    Other,
}

/// One Diesel type: what it is declared as when created, and the families that it loads.
struct Row {
    diesel: &'static str,
    native: &'static str,
    loads: &'static [Family],
}

const INTEGERS: &[Family] = &[Family::Integer, Family::Boolean, Family::Numeric];
const REALS: &[Family] = &[Family::Real, Family::Numeric];
const TEXTS: &[Family] =
    &[Family::Text, Family::Timestamp, Family::Date, Family::Time, Family::Json];

const ROWS: &[Row] = &[
    Row { diesel: "Bool", native: "BOOLEAN", loads: INTEGERS },
    Row { diesel: "SmallInt", native: "SMALLINT", loads: INTEGERS },
    Row { diesel: "Integer", native: "INTEGER", loads: INTEGERS },
    Row { diesel: "BigInt", native: "BIGINT", loads: INTEGERS },
    Row { diesel: "Float", native: "REAL", loads: REALS },
    Row { diesel: "Double", native: "DOUBLE", loads: REALS },
    Row { diesel: "Numeric", native: "NUMERIC", loads: REALS },
    Row { diesel: "Text", native: "TEXT", loads: TEXTS },
    Row { diesel: "Binary", native: "BLOB", loads: &[Family::Binary] },
    Row { diesel: "Date", native: "DATE", loads: &[Family::Date, Family::Text] },
    Row { diesel: "Time", native: "TIME", loads: &[Family::Time, Family::Text] },
    Row { diesel: "Timestamp", native: "TIMESTAMP", loads: &[Family::Timestamp, Family::Text] },
    Row {
        diesel: "TimestamptzSqlite",
        native: "TIMESTAMP",
        loads: &[Family::Timestamp, Family::Text],
    },
    // Diesel writes the text, and its binary form, of the document: the affinity must keep them.
    Row { diesel: "Json", native: "TEXT", loads: &[Family::Text, Family::Json] },
    Row { diesel: "Jsonb", native: "BLOB", loads: &[Family::Binary, Family::Jsonb] },
];

fn row(diesel: &DieselType) -> Option<&'static Row> {
    let own = !diesel.custom && diesel.arguments.is_empty();
    own.then(|| ROWS.iter().find(|row| row.diesel == diesel.name)).flatten()
}

/// The declared type in small letters, without what stands in parentheses.
fn base_name(native: &str) -> String {
    native.split('(').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn family(native: &str) -> Family {
    let name = base_name(native);
    let has = |part: &str| name.contains(part);
    // The order is that of SQLite's affinity rules, after the names that Diesel itself knows.
    match name.as_str() {
        "" | "any" => Family::Untyped,
        "boolean" | "bool" => Family::Boolean,
        _ if has("tiny") && has("int") => Family::Boolean,
        _ if has("int") => Family::Integer,
        _ if has("char") || has("clob") || has("text") => Family::Text,
        _ if has("blob") || has("binary") => Family::Binary,
        _ if has("real") || has("floa") || has("doub") => Family::Real,
        _ if name.starts_with("datetime") || name.starts_with("timestamp") => Family::Timestamp,
        "date" => Family::Date,
        "time" => Family::Time,
        "json" => Family::Json,
        "jsonb" => Family::Jsonb,
        _ if has("num") || has("dec") => Family::Numeric,
        _ => Family::Other,
    }
}

pub(super) fn native_type(column: &Column, schema: &Schema) -> Result<String, Refusal> {
    if let Some(native) = &column.sql_type.native {
        return Ok(native.clone());
    }
    let refuse = |what: String| {
        Refusal::new(format!("column `{}`", column.name), format!("SQLite has no type for {what}"))
            .hint(format!("write `{}: type \"…\";` in the table's `ddl!` block", column.name))
    };
    let Some(diesel) = &column.sql_type.diesel else { return Err(refuse("it".to_owned())) };
    let Some(row) = row(diesel) else {
        let labels = diesel.custom && schema.enums.keys().any(|e| same_word(&e.name, &diesel.name));
        return if labels { Ok("TEXT".to_owned()) } else { Err(refuse(format!("`{diesel}`"))) };
    };
    let integer = matches!(row.diesel, "SmallInt" | "Integer" | "BigInt");
    Ok(match (column.identity, column.sql_type.max_length) {
        // Only a column declared INTEGER can be the rowid itself, and a sole key so declared is.
        (Identity::Unassigned, _) if row.native == "INTEGER" => "INT".to_owned(),
        (Identity::Unstated | Identity::Unassigned, None) => row.native.to_owned(),
        (Identity::Unstated | Identity::Unassigned, Some(length)) if row.diesel == "Text" => {
            format!("VARCHAR({length})")
        }
        _ if integer => "INTEGER".to_owned(),
        _ => row.native.to_owned(),
    })
}

/// `mood_kind` and `MoodKind`: a type and Diesel's name for it.
fn same_word(sql: &str, rust: &str) -> bool {
    let letters = |name: &str| name.replace('_', "").to_ascii_lowercase();
    letters(sql) == letters(rust)
}

pub(super) fn loads(diesel: &DieselType, native: &str) -> bool {
    // What a custom type loads is the application's to know.
    diesel.custom
        || row(diesel).is_some_and(|row| {
            let family = family(native);
            family == Family::Untyped || row.loads.contains(&family)
        })
}

/// As Diesel CLI reads it, so that its `print-schema` and `pull` agree, and beyond where it refuses.
pub(super) fn diesel_type(native: &str, _key: bool) -> Option<(DieselType, Option<u32>)> {
    let name = base_name(native);
    let has = |part: &str| name.contains(part);
    let diesel = match family(native) {
        Family::Boolean => "Bool",
        Family::Integer if name == "int2" || has("small") => "SmallInt",
        Family::Integer if name == "int8" || has("big") => "BigInt",
        Family::Integer => "Integer",
        Family::Real if has("doub") => "Double",
        Family::Real => "Float",
        Family::Numeric => "Double",
        Family::Text => "Text",
        Family::Untyped | Family::Binary => "Binary",
        Family::Timestamp => "Timestamp",
        Family::Date => "Date",
        Family::Time => "Time",
        Family::Json => "Json",
        Family::Jsonb => "Jsonb",
        Family::Other => return None,
    };
    let length = if family(native) == Family::Text { length(native) } else { None };
    Some((DieselType::new(diesel), length))
}

/// The `20` of `VARCHAR(20)`.
fn length(native: &str) -> Option<u32> {
    let (_, rest) = native.split_once('(')?;
    rest.trim_end().strip_suffix(')')?.trim().parse().ok()
}

/// Letters in upper case, one space between words, none around parentheses and commas.
pub(super) fn normalize_type(native: &str) -> String {
    let words: Vec<_> = native.split_whitespace().collect();
    let mut spelling = words.join(" ").to_ascii_uppercase();
    for symbol in ["(", ")", ","] {
        for spaced in [format!(" {symbol}"), format!("{symbol} ")] {
            spelling = spelling.replace(&spaced, symbol);
        }
    }
    spelling
}

/// The declared type in a `STRICT` table, which knows six of them.
pub(super) fn strict_type(native: &str) -> &str {
    match normalize_type(native).as_str() {
        "INT" | "INTEGER" | "REAL" | "TEXT" | "BLOB" | "ANY" => native,
        _ => match family(native) {
            Family::Boolean | Family::Integer => "INTEGER",
            Family::Real | Family::Numeric => "REAL",
            Family::Text | Family::Timestamp | Family::Date | Family::Time | Family::Json => "TEXT",
            Family::Binary | Family::Jsonb => "BLOB",
            Family::Untyped | Family::Other => "ANY",
        },
    }
}

pub(super) fn neutral_value(native: &str, _schema: &Schema) -> Option<String> {
    let value = match family(native) {
        Family::Boolean | Family::Integer | Family::Numeric => "0",
        Family::Real => "0.0",
        Family::Text | Family::Untyped | Family::Other => "''",
        Family::Binary => "x''",
        Family::Timestamp => "'1970-01-01 00:00:00'",
        Family::Date => "'1970-01-01'",
        Family::Time => "'00:00:00'",
        Family::Json => "'null'",
        // The binary form of `null`: one byte.
        Family::Jsonb => "x'00'",
    };
    Some(value.to_owned())
}
