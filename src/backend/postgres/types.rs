//! The types: which native type a Diesel type gets, and which ones it loads.
//!
//! Native types are spelt as `format_type` spells them (PostgreSQL 13 to 18): `integer`,
//! `character varying(20)`, `text[]`.

use super::spelling::{Spelling, quote_where_needed};
use crate::backend::ident::literal;
use crate::backend::{Backend, Refusal};
use crate::model::{Column, DefinitionBody, DieselType, QualifiedName, Schema};

/// One of Diesel's types: what a new column gets, and what else it loads.
struct Row {
    diesel: &'static str,
    native: &'static str,
    /// Further native types with the same binary form and no Diesel type of their own.
    loads: &'static [&'static str],
}

const fn row(diesel: &'static str, native: &'static str) -> Row {
    Row { diesel, native, loads: &[] }
}

/// `diesel::sql_types` and `diesel::pg::sql_types` (Diesel 2.3), without what takes arguments.
static ROWS: &[Row] = &[
    row("Bool", "boolean"),
    row("SmallInt", "smallint"),
    row("Integer", "integer"),
    row("BigInt", "bigint"),
    row("Float", "real"),
    row("Double", "double precision"),
    row("Numeric", "numeric"),
    Row {
        diesel: "Text",
        native: "text",
        loads: &["character varying", "character", "bpchar", "name"],
    },
    row("Citext", "citext"),
    row("CChar", "\"char\""),
    row("Binary", "bytea"),
    row("Date", "date"),
    row("Time", "time without time zone"),
    row("Timestamp", "timestamp without time zone"),
    row("Timestamptz", "timestamp with time zone"),
    row("Interval", "interval"),
    row("Json", "json"),
    row("Jsonb", "jsonb"),
    row("Uuid", "uuid"),
    row("Oid", "oid"),
    row("Money", "money"),
    row("Inet", "inet"),
    row("Cidr", "cidr"),
    row("MacAddr", "macaddr"),
    row("MacAddr8", "macaddr8"),
    row("PgLsn", "pg_lsn"),
];

/// The ranges: the Diesel type of the bounds, and the type of one range and of many.
static RANGES: &[(&str, &str, &str)] = &[
    ("Integer", "int4range", "int4multirange"),
    ("BigInt", "int8range", "int8multirange"),
    ("Numeric", "numrange", "nummultirange"),
    ("Date", "daterange", "datemultirange"),
    ("Timestamp", "tsrange", "tsmultirange"),
    ("Timestamptz", "tstzrange", "tstzmultirange"),
];

/// The native type, as `format_type` spells it, that a column of the models gets.
pub(super) fn native_type(column: &Column, schema: &Schema) -> Result<String, Refusal> {
    if let Some(native) = &column.sql_type.native {
        return Ok(normalize_type(native));
    }
    let object = || format!("column `{}`", column.name);
    let Some(diesel) = &column.sql_type.diesel else {
        return Err(Refusal::new(object(), "it has no type"));
    };
    native_of(diesel, column.sql_type.max_length, schema).ok_or_else(|| {
        Refusal::new(object(), format!("PostgreSQL has no type that is known for `{diesel}`"))
            .hint(format!("name the native type in ddl!: {}: type \"…\";", column.name))
    })
}

pub(super) fn native_of(
    diesel: &DieselType,
    length: Option<u32>,
    schema: &Schema,
) -> Option<String> {
    match (diesel.name.as_str(), diesel.arguments.as_slice()) {
        ("Nullable", [inner]) => native_of(inner, length, schema),
        ("Array", [element]) => native_of(element, length, schema).map(array_of),
        ("Range", [bound]) => range_of(bound).map(|(_, one, _)| (*one).to_owned()),
        ("Multirange", [bound]) => range_of(bound).map(|(_, _, many)| (*many).to_owned()),
        ("Text", []) if length.is_some() => length.map(|n| format!("character varying({n})")),
        (name, []) => match ROWS.iter().find(|row| row.diesel == name) {
            Some(row) => Some(row.native.to_owned()),
            None => enum_of(name, schema),
        },
        (_, _) => None,
    }
}

/// An array of arrays is an array to PostgreSQL: the number of dimensions is not kept.
pub(super) fn array_of(element: String) -> String {
    if element.ends_with("[]") { element } else { format!("{element}[]") }
}

fn range_of(bound: &DieselType) -> Option<&'static (&'static str, &'static str, &'static str)> {
    RANGES.iter().find(|(name, _, _)| *name == bound.name && bound.arguments.is_empty())
}

/// The type of the schema that a custom Diesel type means: `Mood` is `mood`. The default schema
/// goes first, then the first by name.
fn enum_of(name: &str, schema: &Schema) -> Option<String> {
    let snake = snake_case(name);
    let types = schema.definitions.iter().filter(|definition| definition.is_type());
    let mut names = schema.enums.keys().chain(types.map(|definition| &definition.name));
    names.find(|e| e.name == snake || e.name == name).map(enum_spelling)
}

/// The type of a column that holds an enum.
pub(super) fn enum_spelling(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => {
            format!("{}.{}", quote_where_needed(schema), quote_where_needed(&name.name))
        }
        None => quote_where_needed(&name.name),
    }
}

/// `HttpMethod` is `http_method`; digits do not begin a word.
fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// Whether Diesel loads a column of the native type as `diesel`.
pub(super) fn loads(diesel: &DieselType, native: &str) -> bool {
    let native = Spelling::read(native);
    match (diesel.name.as_str(), diesel.arguments.as_slice()) {
        ("Nullable", [inner]) => loads(inner, &native.to_string()),
        ("Array", [element]) => native.array && loads_element(element, &native.element()),
        _ => !native.array && loads_scalar(diesel, &native),
    }
}

fn loads_element(element: &DieselType, native: &Spelling) -> bool {
    match (element.name.as_str(), element.arguments.as_slice()) {
        ("Nullable" | "Array", [inner]) => loads_element(inner, native),
        _ => loads_scalar(element, native),
    }
}

fn loads_scalar(diesel: &DieselType, native: &Spelling) -> bool {
    let base = native.name.as_str();
    match (diesel.name.as_str(), diesel.arguments.as_slice()) {
        ("Range", [bound]) => range_of(bound).is_some_and(|(_, one, _)| *one == base),
        ("Multirange", [bound]) => range_of(bound).is_some_and(|(_, _, many)| *many == base),
        (name, []) => match ROWS.iter().find(|row| row.diesel == name) {
            Some(row) => native.unqualified() == row.native || row.loads.contains(&base),
            None => {
                diesel.custom && {
                    let native = native.unqualified();
                    native == snake_case(name) || native == name
                }
            }
        },
        (_, _) => false,
    }
}

/// The Diesel type that `pull` writes for a native type. Elements of an array may be NULL, and no
/// declaration forbids it: they are `Nullable`, as `diesel print-schema` has them.
pub(super) fn diesel_type(native: &str) -> Option<(DieselType, Option<u32>)> {
    let native = Spelling::read(native);
    let element = native.element();
    let (diesel, length) = diesel_scalar(&element)?;
    if !native.array {
        return Some((diesel, length));
    }
    let nullable = with_argument("Nullable", diesel);
    Some((with_argument("Array", nullable), length))
}

fn diesel_scalar(native: &Spelling) -> Option<(DieselType, Option<u32>)> {
    let base = native.unqualified();
    if let Some(row) = ROWS.iter().find(|r| r.native == base || r.loads.contains(&base.as_str())) {
        let characters = matches!(base.as_str(), "character varying" | "character");
        let length = native.modifier.as_deref().filter(|_| characters);
        return Some((DieselType::new(row.diesel), length.and_then(|n| n.parse().ok())));
    }
    RANGES.iter().find_map(|(bound, one, many)| {
        let range = if base == *one {
            "Range"
        } else if base == *many {
            "Multirange"
        } else {
            return None;
        };
        Some((with_argument(range, DieselType::new(*bound)), None))
    })
}

fn with_argument(name: &str, argument: DieselType) -> DieselType {
    DieselType { arguments: vec![argument], ..DieselType::new(name) }
}

/// One spelling for each native type: that of `format_type`.
pub(super) fn normalize_type(native: &str) -> String {
    Spelling::read(native).to_string()
}

/// The spelling of a native type in a statement: PostgreSQL's own types in capitals and short, all
/// others as they are.
pub(super) fn in_statement(native: &str) -> String {
    let spelling = Spelling::read(native);
    let builtin =
        ROWS.iter().any(|r| r.native == spelling.name || r.loads.contains(&&*spelling.name));
    if builtin && !spelling.name.starts_with('"') && spelling.name != "citext" {
        spelling.short().to_uppercase()
    } else {
        spelling.to_string()
    }
}

/// Types whose values can be assigned to each other without an explicit cast (`pg_cast`).
static FAMILIES: &[&[&str]] = &[
    &["smallint", "integer", "bigint", "real", "double precision", "numeric"],
    &["text", "character varying", "character", "bpchar", "name", "citext"],
    &["date", "timestamp without time zone", "timestamp with time zone"],
    &["json", "jsonb"],
    &["inet", "cidr"],
    &["bit", "bit varying"],
];

/// Whether a value of `from` may be assigned to a column of `to`.
pub(super) fn assigns(from: &str, to: &str) -> bool {
    let (from, to) = (Spelling::read(from), Spelling::read(to));
    if from.array != to.array {
        return false;
    }
    let texts = ["text", "character varying", "character", "bpchar"];
    let both = |family: &&&[&str]| {
        family.contains(&from.name.as_str()) && family.contains(&to.name.as_str())
    };
    from.name == to.name
        || FAMILIES.iter().any(|family| both(&family))
        // Any scalar can be assigned to a text.
        || !from.array && texts.contains(&to.name.as_str())
}

/// Whether the server writes an expression about a column otherwise when its type changes: with other
/// casts. A length is none.
pub(super) fn respells(from: &str, to: &str) -> bool {
    let (from, to) = (Spelling::read(from), Spelling::read(to));
    from.name != to.name || from.array != to.array
}

/// Whether no operator compares the two.
pub(super) fn keeps_apart(from: &str, to: &str) -> bool {
    let (from, to) = (Spelling::read(from), Spelling::read(to));
    let both = |family: &&&[&str]| {
        family.contains(&from.name.as_str()) && family.contains(&to.name.as_str())
    };
    from.array != to.array || from.name != to.name && !FAMILIES.iter().any(|family| both(&family))
}

/// A constant for rows of a NOT NULL column that comes back empty.
pub(super) fn neutral_value(native: &str, schema: &Schema) -> Option<String> {
    let spelling = Spelling::read(native);
    if spelling.array {
        return Some("'{}'".to_owned());
    }
    let base = spelling.name.as_str();
    if let Some((_, value)) = NEUTRAL.iter().find(|(types, _)| types.contains(&base)) {
        return Some((*value).to_owned());
    }
    if RANGES.iter().any(|(_, one, many)| base == *one || base == *many) {
        return Some(if base.ends_with("multirange") { "'{}'" } else { "'empty'" }.to_owned());
    }
    let of_enum = schema.enums.values().find(|e| enum_spelling(&e.name) == spelling.name);
    if let Some(found) = of_enum {
        return found.values.first().map(|label| literal(Backend::Postgres, label));
    }
    schema.definitions.iter().find_map(|definition| match &definition.body {
        // A record whose parts are all NULL is a value.
        DefinitionBody::Composite { attributes } if definition.name.is_spelt(&spelling.name) => {
            Some(format!("'({})'", ",".repeat(attributes.len().saturating_sub(1))))
        }
        _ => None,
    })
}

/// Neutral values, by type.
static NEUTRAL: &[(&[&str], &str)] = &[
    (
        &["smallint", "integer", "bigint", "real", "double precision", "numeric", "money", "oid"],
        "0",
    ),
    (
        &[
            "text",
            "character varying",
            "character",
            "bpchar",
            "name",
            "citext",
            "bytea",
            "\"char\"",
        ],
        "''",
    ),
    (&["boolean"], "false"),
    (&["date", "timestamp without time zone", "timestamp with time zone"], "'1970-01-01'"),
    (&["time without time zone", "time with time zone"], "'00:00'"),
    (&["interval"], "'0'"),
    (&["json", "jsonb"], "'null'"),
    (&["uuid"], "'00000000-0000-0000-0000-000000000000'"),
    (&["inet", "cidr"], "'0.0.0.0'"),
    (&["macaddr"], "'00:00:00:00:00:00'"),
    (&["macaddr8"], "'00:00:00:00:00:00:00:00'"),
    (&["pg_lsn"], "'0/0'"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EnumType, SqlType};

    #[test]
    fn spellings_become_those_of_format_type() {
        for (given, expected) in [
            ("int4", "integer"),
            (" INT ", "integer"),
            ("varchar(20)", "character varying(20)"),
            ("Character Varying ( 20 )", "character varying(20)"),
            ("numeric(12, 2)", "numeric(12,2)"),
            ("decimal(12)", "numeric(12,0)"),
            ("char", "character(1)"),
            ("bpchar", "bpchar"),
            ("\"char\"", "\"char\""),
            ("float(24)", "real"),
            ("float(25)", "double precision"),
            ("timestamptz(3)", "timestamp(3) with time zone"),
            ("timestamp(3) with time zone", "timestamp(3) with time zone"),
            ("TIMESTAMP", "timestamp without time zone"),
            ("timetz", "time with time zone"),
            ("bit varying(5)", "bit varying(5)"),
            ("text ARRAY", "text[]"),
            ("int[3][]", "integer[]"),
            ("varchar(20)[]", "character varying(20)[]"),
            ("pg_catalog.int8", "bigint"),
            ("\"mood\"", "mood"),
            ("Mood", "mood"),
            ("audit.\"Mood\"", "audit.\"Mood\""),
            ("\"order\"", "\"order\""),
            ("geometry(Point,4326)", "geometry(Point,4326)"),
        ] {
            assert_eq!(normalize_type(given), expected, "{given}");
            assert_eq!(normalize_type(expected), expected, "{expected} is stable");
        }
    }

    #[test]
    fn every_row_is_created_loaded_and_pulled_as_itself() {
        let schema = Schema::default();
        for row in ROWS {
            let column = Column::new("c", SqlType::diesel(row.diesel));
            let native = native_type(&column, &schema).expect("a row has a native type");
            assert_eq!(normalize_type(&native), native, "{native} is spelt as format_type does");
            assert!(loads(&DieselType::new(row.diesel), &native), "{native}");
            assert_eq!(diesel_type(&native), Some((DieselType::new(row.diesel), None)));
            for other in ROWS.iter().filter(|other| other.diesel != row.diesel) {
                assert!(
                    !loads(&DieselType::new(other.diesel), &native),
                    "{} {native}",
                    other.diesel
                );
            }
        }
    }

    #[test]
    fn arrays_ranges_and_lengths() {
        let array = with_argument("Array", with_argument("Nullable", DieselType::new("Text")));
        let mut column = Column::new("c", SqlType::default());
        column.sql_type.diesel = Some(array.clone());
        column.sql_type.max_length = Some(20);
        let native = native_type(&column, &Schema::default()).expect("an array");
        assert_eq!(native, "character varying(20)[]");
        assert!(loads(&array, &native));
        assert!(!loads(&DieselType::new("Text"), &native));
        assert_eq!(diesel_type(&native), Some((array, Some(20))));

        let range = with_argument("Range", DieselType::new("Timestamptz"));
        assert_eq!(diesel_type("tstzrange"), Some((range.clone(), None)));
        assert!(loads(&range, "tstzrange") && !loads(&range, "tsrange"));
        assert_eq!(in_statement("timestamp(3) with time zone"), "TIMESTAMPTZ(3)");
        assert_eq!(in_statement("audit.\"Mood\"[]"), "audit.\"Mood\"[]");
    }

    #[test]
    fn a_custom_type_means_the_enum_of_its_name() {
        let mut schema = Schema::default();
        let name = QualifiedName::in_schema("audit", "http_method");
        schema.enums.insert(name.clone(), EnumType { name, values: vec![] });
        let custom = DieselType { custom: true, ..DieselType::new("HttpMethod") };
        let mut column = Column::new("c", SqlType::default());
        column.sql_type.diesel = Some(custom.clone());
        assert_eq!(native_type(&column, &schema).expect("an enum"), "audit.http_method");
        assert!(loads(&custom, "audit.http_method") && loads(&custom, "http_method"));
        assert!(!loads(&custom, "text"));
        let refusal = native_type(&column, &Schema::default()).expect_err("no such enum");
        assert_eq!(
            refusal.to_string(),
            "column `c`: PostgreSQL has no type that is known for `HttpMethod`"
        );
    }
}
