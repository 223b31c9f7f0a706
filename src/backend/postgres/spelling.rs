//! How a native type is spelt: read in any of its spellings, printed as `format_type` prints it.

use std::fmt;

use super::lexer::{Kind, Token, tokens};

/// A native type in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The name without modifier and array: `character varying`, `audit.mood`, `"Mood"`.
    pub(super) name: String,
    /// What stands between the parentheses: `12,2`.
    pub(super) modifier: Option<String>,
    /// Whether it is an array, of any dimension.
    pub(super) array: bool,
}

/// Other words for the same type (manual, table 8.1, and the names in `pg_type`).
static SYNONYMS: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("char varying", "character varying"),
    ("dec", "numeric"),
    ("decimal", "numeric"),
    ("char", "character"),
    ("float", "double precision"),
    ("float4", "real"),
    ("float8", "double precision"),
    ("int", "integer"),
    ("int2", "smallint"),
    ("int4", "integer"),
    ("int8", "bigint"),
    ("national char", "character"),
    ("national char varying", "character varying"),
    ("national character", "character"),
    ("national character varying", "character varying"),
    ("nchar", "character"),
    ("nchar varying", "character varying"),
    ("serial", "integer"),
    ("serial2", "smallint"),
    ("serial4", "integer"),
    ("serial8", "bigint"),
    ("bigserial", "bigint"),
    ("smallserial", "smallint"),
    ("time", "time without time zone"),
    ("timestamp", "timestamp without time zone"),
    ("timestamptz", "timestamp with time zone"),
    ("timetz", "time with time zone"),
    ("varbit", "bit varying"),
    ("varchar", "character varying"),
];

/// What a statement may say instead.
static SHORT: &[(&str, &str)] = &[
    ("character varying", "varchar"),
    ("character", "char"),
    ("timestamp without time zone", "timestamp"),
    ("timestamp with time zone", "timestamptz"),
    ("time without time zone", "time"),
];

impl Spelling {
    /// Reads a type in any spelling.
    pub(super) fn read(native: &str) -> Self {
        let tokens = tokens(native);
        let (tokens, array) = without_array(&tokens);
        let (name, modifier) = name_and_modifier(tokens);
        let name = synonym(name, modifier.as_deref());
        let modifier = match (name.as_str(), modifier) {
            // `float(53)` has no modifier once it is `double precision`.
            ("real" | "double precision", _) => None,
            ("character" | "bit", None) => Some("1".to_owned()),
            ("numeric", Some(precision)) if !precision.contains(',') => {
                Some(format!("{precision},0"))
            }
            (_, modifier) => modifier,
        };
        Self { name, modifier, array }
    }

    /// The element of the array, or the type itself.
    pub(super) fn element(&self) -> Self {
        Self { array: false, ..self.clone() }
    }

    /// The name without its schema.
    pub(super) fn unqualified(&self) -> String {
        let tokens = tokens(&self.name);
        match tokens.as_slice() {
            [_, dot, name] if dot.is_symbol(".") => {
                if name.text == "\"char\"" {
                    name.text.to_owned()
                } else {
                    unquoted(name)
                }
            }
            [name] if name.text != "\"char\"" => unquoted(name),
            _ => self.name.clone(),
        }
    }

    /// The same in fewer words.
    pub(super) fn short(&self) -> String {
        match SHORT.iter().find(|(long, _)| *long == self.name) {
            Some((_, short)) => Self { name: (*short).to_owned(), ..self.clone() }.to_string(),
            None => self.to_string(),
        }
    }
}

fn unquoted(name: &Token<'_>) -> String {
    name.identifier().unwrap_or_else(|| name.text.to_owned())
}

impl fmt::Display for Spelling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `timestamp(3) with time zone`: the modifier stands behind the first word.
        let zone = self.name.find(" with").filter(|_| self.name.ends_with(" time zone"));
        let (head, tail) = self.name.split_at(zone.unwrap_or(self.name.len()));
        f.write_str(head)?;
        if let Some(modifier) = &self.modifier {
            write!(f, "({modifier})")?;
        }
        f.write_str(tail)?;
        if self.array { f.write_str("[]") } else { Ok(()) }
    }
}

/// Cuts `[]`, `[3]`, `[][]`, ` ARRAY` and ` ARRAY[3]` off the end.
fn without_array<'a, 'b>(tokens: &'b [Token<'a>]) -> (&'b [Token<'a>], bool) {
    let end =
        tokens.iter().position(|t| t.is_symbol("[") || t.is_word("array")).unwrap_or(tokens.len());
    (&tokens[..end], end < tokens.len())
}

fn name_and_modifier(tokens: &[Token<'_>]) -> (String, Option<String>) {
    let mut name = String::new();
    let mut modifier: Option<String> = None;
    let mut depth = 0_usize;
    for token in tokens {
        if token.is_symbol("(") {
            depth += 1;
            modifier.get_or_insert_default();
        } else if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        } else if depth > 0 {
            modifier.get_or_insert_default().push_str(token.text);
        } else {
            let glued = token.is_symbol(".") || name.ends_with('.');
            if !name.is_empty() && !glued {
                name.push(' ');
            }
            name.push_str(&part(token));
        }
    }
    let name = name.strip_prefix("pg_catalog.").map(str::to_owned).unwrap_or(name);
    (name, modifier)
}

/// A word of a type's name, quoted only where it must be. `"char"` is a type of its own.
fn part(token: &Token<'_>) -> String {
    match token.kind {
        Kind::Quoted if token.text == "\"char\"" => token.text.to_owned(),
        Kind::Quoted | Kind::Word => token.identifier().map_or_else(
            || token.text.to_owned(),
            |name| match token.kind {
                Kind::Quoted => quote_where_needed(&name),
                _ => name,
            },
        ),
        Kind::String | Kind::Number | Kind::Symbol => token.text.to_owned(),
    }
}

/// A name as `quote_ident` prints it, apart from keywords.
pub(super) fn quote_where_needed(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if plain && !RESERVED.contains(&name) {
        name.to_owned()
    } else {
        crate::backend::ident::quote(crate::backend::Backend::Postgres, name)
    }
}

/// Words that cannot name a type without quotes (manual, appendix C: reserved in PostgreSQL, and
/// those that begin a type of their own).
static RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "between",
    "bigint",
    "both",
    "bit",
    "boolean",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "column",
    "constraint",
    "create",
    "current_catalog",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "from",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "in",
    "initially",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "lateral",
    "leading",
    "least",
    "limit",
    "localtime",
    "localtimestamp",
    "national",
    "nchar",
    "none",
    "normalize",
    "not",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "row",
    "select",
    "session_user",
    "setof",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "table",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

/// The usual word for a type. `float(24)` and less is `real`.
fn synonym(name: String, modifier: Option<&str>) -> String {
    if name == "float" && modifier.and_then(|m| m.parse::<u32>().ok()).is_some_and(|m| m <= 24) {
        return "real".to_owned();
    }
    match SYNONYMS.iter().find(|(other, _)| *other == name) {
        Some((_, usual)) => (*usual).to_owned(),
        None => name,
    }
}
