//! Which values a native type holds, and whether another type holds them all.

use super::{Affinity, Context};
use crate::backend::mysql;
use crate::model::{Backend, Column, Identity};

/// What a native type can hold, as far as it matters for a change of type.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Bool,
    /// Bits, the sign left out: 15, 31, 63; 16, 32, 64 where unsigned.
    Integer {
        bits: u32,
        unsigned: bool,
    },
    /// Digits before and after the point; `None` for any number.
    Decimal(Option<(u32, u32)>),
    /// Bits of the mantissa.
    Float(u32),
    /// The most characters.
    Text(Option<u32>),
    Bytes(Option<u32>),
    Date,
    /// Digits of a second.
    Time(u32),
    Timestamp {
        zone: bool,
        digits: u32,
    },
    Uuid,
    /// Binary or as written.
    Json {
        binary: bool,
    },
    Array(Box<Shape>),
    /// The labels of an enum, or of a set, as literals.
    Labels {
        set: bool,
        labels: Vec<String>,
    },
    /// Any other type, by its spelling.
    Other(String),
}

/// Whether the database assigns the values of the column.
pub(super) fn assigned(column: &Column) -> bool {
    match column.identity {
        Identity::Rowid | Identity::ByDefault | Identity::Always | Identity::Serial => true,
        Identity::Unstated | Identity::Unassigned => false,
    }
}

/// Whether each value of the column survives the change of its type.
pub(super) fn widens(context: &Context, from: &Column, to: &Column) -> bool {
    let (Some(from), Some(to)) = (native(context, from), native(context, to)) else {
        return from.sql_type == to.sql_type;
    };
    if from == to {
        return true;
    }
    match context.backend {
        Backend::Sqlite => {
            // A truth value is an integer, whatever affinity its name gives it.
            let bool = |declared: &str| declared.to_ascii_uppercase().starts_with("BOOL");
            let integer = |declared: &str| Affinity::of(declared) == Affinity::Integer;
            bool(&from) && integer(&to) || Affinity::of(&from).fits(Affinity::of(&to))
        }
        Backend::Postgres | Backend::Mysql => {
            Shape::of(&from, context.backend).fits(&Shape::of(&to, context.backend))
        }
    }
}

/// The native type of a column in its one spelling.
pub(super) fn native(context: &Context, column: &Column) -> Option<String> {
    let dialect = context.backend.dialect();
    let native = match &column.sql_type.native {
        Some(native) => native.clone(),
        None => dialect.native_type(column, context.to).ok()?,
    };
    // A domain holds what its type holds, or refuses it.
    let base = context.from.base_of(context.to.base_of(&native));
    Some(dialect.normalize_type(base))
}

impl Shape {
    /// Reads a spelling such as `numeric(12,2)`, `timestamp(3) with time zone`, `text[]`.
    fn of(native: &str, backend: Backend) -> Self {
        if backend == Backend::Mysql
            && let Some((labels, set)) = mysql::labels(native)
        {
            return Self::Labels { set, labels };
        }
        let native = match backend {
            // What follows the type in a definition holds no value.
            Backend::Mysql => mysql::bare_type(native),
            Backend::Sqlite | Backend::Postgres => native.trim().to_owned(),
        };
        let native = native.to_ascii_lowercase();
        if let Some(element) = native.strip_suffix("[]") {
            return Self::Array(Box::new(Self::of(element, backend)));
        }
        let (name, arguments) = split(&native);
        let first = arguments.first().copied();
        let mysql = backend == Backend::Mysql;
        let unsigned = name.ends_with(" unsigned");
        let digits = |default| first.unwrap_or(default);
        let bare = name.trim_end_matches(" unsigned");
        // A second has six digits unless stated; none on MySQL.
        let second = digits(if mysql { 0 } else { 6 });
        let integer = |bits: u32| Self::Integer { bits: bits + u32::from(unsigned), unsigned };
        match bare {
            "boolean" | "bool" => Self::Bool,
            "tinyint" if first == Some(1) => Self::Bool,
            "tinyint" => integer(7),
            "smallint" | "int2" | "smallserial" => integer(15),
            "mediumint" => integer(23),
            "integer" | "int" | "int4" | "serial" => integer(31),
            "bigint" | "int8" | "bigserial" => integer(63),
            "numeric" | "decimal" => {
                let whole = match (arguments.as_slice(), mysql) {
                    ([], true) => Some((10, 0)),
                    ([], false) => None,
                    ([precision], _) => Some((*precision, 0)),
                    ([precision, scale, ..], _) => Some((precision.saturating_sub(*scale), *scale)),
                };
                Self::Decimal(whole)
            }
            "real" | "float4" if !mysql => Self::Float(24),
            "float" if mysql => Self::Float(24),
            "real" | "double" | "double precision" | "float8" | "float" => Self::Float(53),
            "text" if mysql => Self::Text(Some(65_535)),
            "longtext" | "text" => Self::Text(None),
            "mediumtext" => Self::Text(Some(16_777_215)),
            "tinytext" => Self::Text(Some(255)),
            "varchar" | "character varying" => Self::Text(first),
            "char" | "character" | "bpchar" => Self::Text(Some(digits(1))),
            "blob" => Self::Bytes(Some(65_535)),
            "longblob" | "bytea" => Self::Bytes(None),
            "varbinary" | "binary" => Self::Bytes(Some(digits(1))),
            "date" => Self::Date,
            "time" | "time without time zone" => Self::Time(second),
            "datetime" | "timestamp" | "timestamp without time zone" => {
                Self::Timestamp { zone: mysql && bare == "timestamp", digits: second }
            }
            "timestamptz" | "timestamp with time zone" => {
                Self::Timestamp { zone: true, digits: second }
            }
            "uuid" => Self::Uuid,
            "json" => Self::Json { binary: mysql },
            "jsonb" => Self::Json { binary: true },
            _ => Self::Other(native),
        }
    }

    /// Whether each value of this shape can be one of the other, and nothing of it is lost.
    #[expect(clippy::match_same_arms, reason = "an arm a pair of kinds")]
    fn fits(&self, to: &Self) -> bool {
        if self == to {
            return true;
        }
        match (self, to) {
            (Self::Array(from), Self::Array(to)) => from.fits(to),
            (Self::Labels { set: a, labels: from }, Self::Labels { set: b, labels: to }) => {
                a == b && from.iter().all(|label| to.contains(label))
            }
            (_, Self::Labels { .. }) => false,
            (Self::Other(_), Self::Text(None)) => true,
            (Self::Array(_) | Self::Other(_), _) | (_, Self::Array(_) | Self::Other(_)) => false,
            (Self::Bytes(from), Self::Bytes(to)) => within(*from, *to),
            (Self::Bytes(_), _) | (_, Self::Bytes(_)) => false,
            // Everything else has a text.
            (_, Self::Text(most)) => within(self.characters(), *most),
            (Self::Bool, Self::Integer { .. }) => true,
            (
                Self::Integer { bits: from, unsigned: from_unsigned },
                Self::Integer { bits: to, unsigned: to_unsigned },
            ) => from <= to && (*from_unsigned || !to_unsigned),
            (Self::Integer { .. }, Self::Decimal(None)) => true,
            (Self::Integer { bits, .. }, Self::Decimal(Some((whole, _)))) => {
                decimal_digits(*bits) <= *whole
            }
            (Self::Integer { bits, .. }, Self::Float(mantissa)) => bits <= mantissa,
            (Self::Decimal(_), Self::Decimal(None)) => true,
            (Self::Decimal(Some(from)), Self::Decimal(Some(to))) => {
                from.0 <= to.0 && from.1 <= to.1
            }
            (Self::Float(from), Self::Float(to)) => from <= to,
            (Self::Date, Self::Timestamp { zone, .. }) => !zone,
            (Self::Time(from), Self::Time(to)) => from <= to,
            (Self::Json { binary }, Self::Json { .. }) => *binary,
            // Another zone is another meaning of the same digits.
            (
                Self::Timestamp { zone: from_zone, digits: from },
                Self::Timestamp { zone: to_zone, digits: to },
            ) => from_zone == to_zone && from <= to,
            (
                Self::Bool
                | Self::Integer { .. }
                | Self::Decimal(_)
                | Self::Float(_)
                | Self::Text(_)
                | Self::Date
                | Self::Time(_)
                | Self::Timestamp { .. }
                | Self::Uuid
                | Self::Json { .. }
                | Self::Labels { .. },
                _,
            ) => false,
        }
    }

    /// The most characters that a value's text has.
    fn characters(&self) -> Option<u32> {
        match self {
            Self::Bool => Some(5),
            Self::Integer { bits, unsigned } => Some(decimal_digits(*bits) + u32::from(!*unsigned)),
            Self::Decimal(Some((whole, scale))) => Some(whole.max(&1) + scale + 2),
            Self::Text(most) => *most,
            Self::Uuid => Some(36),
            Self::Labels { set, labels } => {
                let lengths = labels.iter().map(|label| label.chars().count().saturating_sub(2));
                let lengths = lengths.map(|n| u32::try_from(n).unwrap_or(u32::MAX));
                Some(if *set { lengths.map(|n| n + 1).sum() } else { lengths.max().unwrap_or(0) })
            }
            Self::Decimal(None)
            | Self::Float(_)
            | Self::Bytes(_)
            | Self::Date
            | Self::Time(_)
            | Self::Timestamp { .. }
            | Self::Json { .. }
            | Self::Array(_)
            | Self::Other(_) => None,
        }
    }
}

/// The name without its arguments, and these: `timestamp(3) with time zone`.
fn split(native: &str) -> (String, Vec<u32>) {
    let Some((before, rest)) = native.split_once('(') else {
        return (native.to_owned(), Vec::new());
    };
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    let arguments = inside.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    (format!("{}{}", before.trim_end(), after.trim_end()), arguments)
}

fn within(from: Option<u32>, to: Option<u32>) -> bool {
    match (from, to) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(from), Some(to)) => from <= to,
    }
}

/// How many decimal digits a number of so many bits can have.
fn decimal_digits(bits: u32) -> u32 {
    (1u128 << bits.min(127)).ilog10() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(from: &str, to: &str) -> bool {
        Shape::of(from, Backend::Postgres).fits(&Shape::of(to, Backend::Postgres))
    }

    #[test]
    fn a_wider_type_holds_all() {
        for (from, to) in [
            ("smallint", "integer"),
            ("integer", "bigint"),
            ("integer", "numeric"),
            ("integer", "numeric(12,2)"),
            ("integer", "double precision"),
            ("smallint", "real"),
            ("real", "double precision"),
            ("numeric(10,2)", "numeric(12,2)"),
            ("numeric(10,2)", "numeric(12,4)"),
            ("numeric(10,2)", "numeric"),
            ("varchar(20)", "varchar(40)"),
            ("character varying(20)", "text"),
            ("varchar", "text"),
            ("text", "varchar"),
            ("bigint", "text"),
            ("bigint", "varchar(20)"),
            ("boolean", "varchar(5)"),
            ("uuid", "text"),
            ("date", "timestamp without time zone"),
            ("timestamp(3) without time zone", "timestamp without time zone"),
            ("integer[]", "bigint[]"),
            ("mood", "text"),
            ("jsonb", "json"),
            ("json", "text"),
            ("inet", "inet"),
        ] {
            assert!(fits(from, to), "{from} to {to}");
        }
    }

    #[test]
    fn a_narrower_type_does_not() {
        for (from, to) in [
            ("bigint", "integer"),
            ("integer", "real"),
            ("bigint", "double precision"),
            ("double precision", "real"),
            ("double precision", "numeric"),
            ("numeric", "numeric(12,2)"),
            ("numeric(12,2)", "numeric(12,4)"),
            ("numeric(12,2)", "bigint"),
            ("integer", "numeric(10,2)"),
            ("varchar(40)", "varchar(20)"),
            ("text", "varchar(20)"),
            ("bigint", "varchar(19)"),
            ("text", "integer"),
            ("text", "uuid"),
            ("integer", "boolean"),
            ("timestamp", "date"),
            ("timestamptz", "timestamp"),
            ("timestamp", "timestamp with time zone"),
            ("timestamp with time zone", "timestamp(0) with time zone"),
            ("bytea", "text"),
            ("json", "jsonb"),
            ("bigint[]", "integer[]"),
            ("integer", "integer[]"),
            ("mood", "state"),
            ("inet", "varchar(20)"),
        ] {
            assert!(!fits(from, to), "{from} to {to}");
        }
    }

    #[test]
    fn unsigned_integers_of_mysql() {
        let fits = |from, to| Shape::of(from, Backend::Mysql).fits(&Shape::of(to, Backend::Mysql));
        assert!(fits("int unsigned", "bigint"));
        assert!(!fits("int unsigned", "int"));
        assert!(!fits("int", "int unsigned"));
        assert!(!fits("int(11)", "bigint(20) unsigned"));
        assert!(fits("text", "longtext"));
        assert!(!fits("longtext", "text"));
    }
}
