//! The types: which native type a Diesel type gets, and which ones it loads.
//!
//! Native types are spelt as `COLUMN_TYPE` spells them, without the widths for display that say
//! nothing: `int`, `int unsigned`, `varchar(20)`, `enum('a','b')`.

use super::spelling::{INTEGERS, Spelling};
use crate::backend::ident::literal;
use crate::backend::{Backend, Refusal};
use crate::model::{Column, DieselType, Identity, Schema};

/// One of Diesel's types: what a new column gets, and what else it loads.
struct Row {
    diesel: &'static str,
    native: &'static str,
    /// Further native types, by name, that Diesel loads as it and that have no type of their own.
    loads: &'static [&'static str],
}

const fn row(diesel: &'static str, native: &'static str) -> Row {
    Row { diesel, native, loads: &[] }
}

/// `diesel::sql_types` and `diesel::mysql::sql_types` (Diesel 2.3), without what takes arguments.
///
/// `decimal` alone would keep no fraction (`decimal(10,0)`): a `Numeric` without a stated type gets
/// the widest there is, which changes no value.
static ROWS: &[Row] = &[
    row("Bool", "tinyint(1)"),
    row("TinyInt", "tinyint"),
    row("SmallInt", "smallint"),
    Row { diesel: "Integer", native: "int", loads: &["mediumint"] },
    row("BigInt", "bigint"),
    row("Float", "float"),
    row("Double", "double"),
    Row { diesel: "Numeric", native: "decimal(65,30)", loads: &["decimal"] },
    Row {
        diesel: "Text",
        native: "text",
        loads: &[
            "varchar",
            "char",
            "tinytext",
            "mediumtext",
            "longtext",
            "json",
            "enum",
            "set",
            "uuid",
            "inet4",
            "inet6",
        ],
    },
    Row {
        diesel: "Binary",
        native: "blob",
        loads: &[
            "varbinary",
            "binary",
            "tinyblob",
            "mediumblob",
            "longblob",
            "bit",
            "geometry",
            "point",
            "linestring",
            "polygon",
            "multipoint",
            "multilinestring",
            "multipolygon",
            "geometrycollection",
            "vector",
        ],
    },
    row("Date", "date"),
    row("Time", "time"),
    row("Datetime", "datetime"),
    row("Timestamp", "timestamp"),
    row("Json", "json"),
];

/// Other names of Diesel's that say a size: the type that they are, what a new column gets with a
/// length and without. They load what the type loads.
static SIZED: &[(&str, &str, Option<&str>, &str)] = &[
    ("Varchar", "Text", Some("varchar"), "varchar(255)"),
    ("VarChar", "Text", Some("varchar"), "varchar(255)"),
    ("Char", "Text", Some("char"), "varchar(255)"),
    ("Bpchar", "Text", Some("char"), "varchar(255)"),
    ("Tinytext", "Text", None, "tinytext"),
    ("Mediumtext", "Text", None, "mediumtext"),
    ("Longtext", "Text", None, "longtext"),
    ("Varbinary", "Binary", Some("varbinary"), "varbinary(255)"),
    ("Blob", "Binary", None, "blob"),
    ("Tinyblob", "Binary", None, "tinyblob"),
    ("Mediumblob", "Binary", None, "mediumblob"),
    ("Longblob", "Binary", None, "longblob"),
    ("Bit", "Binary", Some("bit"), "bit(1)"),
];

fn sized(
    diesel: &DieselType,
) -> Option<&'static (&'static str, &'static str, Option<&'static str>, &'static str)> {
    let own = !diesel.custom && diesel.arguments.is_empty();
    own.then(|| SIZED.iter().find(|(name, ..)| *name == diesel.name)).flatten()
}

fn find(diesel: &DieselType) -> Option<&'static Row> {
    let own = !diesel.custom && diesel.arguments.is_empty();
    let name = sized(diesel).map_or(diesel.name.as_str(), |(_, base, ..)| *base);
    own.then(|| ROWS.iter().find(|row| row.diesel == name)).flatten()
}

/// The native type that a column of the models gets.
pub(super) fn native_type(column: &Column, schema: &Schema) -> Result<String, Refusal> {
    if let Some(native) = &column.sql_type.native {
        return Ok(normalize_type(native));
    }
    let object = || format!("column `{}`", column.name);
    let Some(diesel) = &column.sql_type.diesel else {
        return Err(Refusal::new(object(), "it has no type"));
    };
    native_of(diesel, column.sql_type.max_length, schema).ok_or_else(|| {
        Refusal::new(object(), format!("MySQL has no type that is known for `{diesel}`"))
            .hint(format!("name the native type in ddl!: {}: type \"…\";", column.name))
    })
}

fn native_of(diesel: &DieselType, length: Option<u32>, schema: &Schema) -> Option<String> {
    match (diesel.name.as_str(), diesel.arguments.as_slice()) {
        ("Nullable", [inner]) => native_of(inner, length, schema),
        ("Unsigned", [inner]) => {
            let native = native_of(inner, None, schema)?;
            let spelling = Spelling { unsigned: true, ..Spelling::read(&native) };
            is_number(&spelling.name).then(|| normalize_type(&spelling.to_string()))
        }
        ("Text", []) if length.is_some() => length.map(|n| format!("varchar({n})")),
        ("Binary", []) if length.is_some() => length.map(|n| format!("varbinary({n})")),
        (_, []) if diesel.custom => labels_of(&diesel.name, schema),
        (_, []) if sized(diesel).is_some() => {
            let (_, _, with_length, without) = sized(diesel)?;
            Some(match (with_length, length) {
                (Some(name), Some(n)) => format!("{name}({n})"),
                (_, _) => (*without).to_owned(),
            })
        }
        (_, []) => find(diesel).map(|row| row.native.to_owned()),
        (_, _) => None,
    }
}

fn is_number(name: &str) -> bool {
    INTEGERS.contains(&name) || matches!(name, "float" | "double" | "decimal")
}

/// The enum of the models that a custom Diesel type means: `Mood` is `mood`.
fn labels_of(name: &str, schema: &Schema) -> Option<String> {
    let letters = |name: &str| name.replace('_', "").to_ascii_lowercase();
    let found = schema.enums.values().find(|e| letters(&e.name.name) == letters(name))?;
    let labels: Vec<_> = found.values.iter().map(|label| literal(Backend::Mysql, label)).collect();
    Some(format!("enum({})", labels.join(",")))
}

/// Whether Diesel loads a column of the native type as `diesel`. A custom type says nothing of its
/// labels: whoever compares it asks for the native type.
pub(super) fn loads(diesel: &DieselType, native: &str) -> bool {
    let native = Spelling::read(native);
    match (diesel.name.as_str(), diesel.arguments.as_slice()) {
        ("Nullable", [inner]) => loads(inner, &native.to_string()),
        ("Unsigned", [inner]) => {
            let year = native.name == "year" && inner.name == "SmallInt";
            year || native.unsigned
                && loads(
                    inner,
                    &Spelling { unsigned: false, zerofill: false, ..native }.to_string(),
                )
        }
        (_, []) => find(diesel).is_some_and(|row| {
            let bool = native.name == "tinyint" && native.arguments == ["1"];
            !native.unsigned
                && (native.bare().to_string() == row.native
                    || row.loads.contains(&native.name.as_str())
                    || row.native == native.name && !bool)
        }),
        (_, _) => false,
    }
}

/// The Diesel type that `pull` writes for a native type.
pub(super) fn diesel_type(native: &str) -> Option<(DieselType, Option<u32>)> {
    let native = Spelling::read(native);
    if matches!(native.name.as_str(), "enum" | "set") {
        // The labels are a type of the application's own.
        return None;
    }
    if native.name == "year" {
        return Some((unsigned(DieselType::new("SmallInt")), None));
    }
    let signed = Spelling { unsigned: false, zerofill: false, ..native.bare() };
    let spelt = signed.to_string();
    let exact = ROWS.iter().find(|row| row.native == spelt);
    let row = exact.or_else(|| {
        ROWS.iter().find(|row| row.native == signed.name || row.loads.contains(&&*signed.name))
    })?;
    let diesel = DieselType::new(row.diesel);
    let length = matches!(native.name.as_str(), "varchar" | "char" | "varbinary" | "binary")
        .then(|| native.arguments.first()?.parse().ok())
        .flatten();
    Some((if native.unsigned { unsigned(diesel) } else { diesel }, length))
}

fn unsigned(diesel: DieselType) -> DieselType {
    DieselType { arguments: vec![diesel], ..DieselType::new("Unsigned") }
}

/// One spelling for each native type.
pub(super) fn normalize_type(native: &str) -> String {
    Spelling::read(native).to_string()
}

/// Whether values of the type are texts, which have a collation.
pub(super) fn is_text(native: &str) -> bool {
    let name = Spelling::read(native).name;
    matches!(
        name.as_str(),
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set"
    )
}

/// Whether a column of the type can be a key as it is (error 1170).
pub(super) fn has_length(native: &str) -> bool {
    let name = Spelling::read(native).name;
    !(name.ends_with("text") || name.ends_with("blob") || name == "json")
}

/// Who assigns the values, as MySQL can say it.
pub(super) fn is_auto_increment(column: &Column) -> bool {
    match column.identity {
        Identity::Unstated | Identity::Unassigned => false,
        Identity::Rowid | Identity::ByDefault | Identity::Always | Identity::Serial => true,
    }
}

/// A constant for rows of a NOT NULL column that comes back empty.
pub(super) fn neutral_value(native: &str) -> Option<String> {
    let spelling = Spelling::read(native);
    let value = match spelling.name.as_str() {
        "enum" => return spelling.arguments.first().cloned(),
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "set" | "binary"
        | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => "''",
        "date" => "'1970-01-01'",
        "datetime" => "'1970-01-01 00:00:00'",
        // The type begins a second later, in UTC: a day later it is in every zone.
        "timestamp" => "'1970-01-02 00:00:00'",
        "time" => "'00:00:00'",
        "year" => "1970",
        "json" => "'null'",
        "bit" => "b'0'",
        "uuid" => "'00000000-0000-0000-0000-000000000000'",
        "inet4" => "'0.0.0.0'",
        "inet6" => "'::'",
        name if is_number(name) => "0",
        _ => return None,
    };
    Some(value.to_owned())
}
