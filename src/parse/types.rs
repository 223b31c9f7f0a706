//! Diesel's SQL types: their names, their aliases, and what a path in `table!` stands for.

use proc_macro2::{Delimiter, Ident, Span};

use super::imports::Imports;
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed, name_of};
use crate::model::DieselType;

/// A name in `diesel::sql_types` and the canonical type behind it.
pub(super) struct TypeName {
    pub(super) name: &'static str,
    pub(super) canonical: &'static str,
    /// What stands between `<` and `>` of the canonical type where the alias implies it.
    pub(super) argument: Option<&'static str>,
    /// How many types stand between `<` and `>`.
    parameters: usize,
}

const fn plain(name: &'static str) -> TypeName {
    alias(name, name)
}

const fn alias(name: &'static str, canonical: &'static str) -> TypeName {
    TypeName { name, canonical, argument: None, parameters: 0 }
}

const fn range(name: &'static str, canonical: &'static str, of: &'static str) -> TypeName {
    TypeName { name, canonical, argument: Some(of), parameters: 0 }
}

const fn generic(name: &'static str) -> TypeName {
    TypeName { name, canonical: name, argument: None, parameters: 1 }
}

/// Every SQL type of Diesel 2.3, aliases included, and what Diesel CLI takes for one.
#[rustfmt::skip]
pub(super) static TYPES: &[TypeName] = &[
    // `Boolean` is no name of Diesel's, but Diesel CLI reads it; rustc tells those who compile it.
    plain("Bool"), alias("Boolean", "Bool"),
    plain("TinyInt"), alias("Tinyint", "TinyInt"),
    plain("SmallInt"), alias("Smallint", "SmallInt"), alias("Int2", "SmallInt"), alias("SmallSerial", "SmallInt"),
    plain("Integer"), alias("Int4", "Integer"), alias("Serial", "Integer"),
    plain("BigInt"), alias("Bigint", "BigInt"), alias("Int8", "BigInt"), alias("BigSerial", "BigInt"),
    plain("Float"), alias("Float4", "Float"),
    plain("Double"), alias("Float8", "Double"),
    plain("Numeric"), alias("Decimal", "Numeric"),
    plain("Text"), alias("VarChar", "Text"), alias("Varchar", "Text"), alias("Char", "Text"),
    alias("Tinytext", "Text"), alias("Mediumtext", "Text"), alias("Longtext", "Text"), alias("Bpchar", "Text"),
    plain("Binary"), alias("Tinyblob", "Binary"), alias("Blob", "Binary"), alias("Mediumblob", "Binary"),
    alias("Longblob", "Binary"), alias("Varbinary", "Binary"), alias("Bit", "Binary"), alias("Bytea", "Binary"),
    plain("Date"), plain("Time"), plain("Interval"),
    plain("Timestamp"), plain("Timestamptz"), plain("TimestamptzSqlite"), plain("Datetime"),
    plain("Json"), plain("Jsonb"), plain("Uuid"), plain("Money"), plain("Oid"), plain("PgLsn"),
    plain("Inet"), plain("Cidr"), plain("Citext"), plain("CChar"),
    plain("MacAddr"), alias("Macaddr", "MacAddr"), plain("MacAddr8"), alias("Macaddr8", "MacAddr8"),
    generic("Range"),
    range("Int4range", "Range", "Integer"), range("Int8range", "Range", "BigInt"),
    range("Numrange", "Range", "Numeric"), range("Daterange", "Range", "Date"),
    range("Tsrange", "Range", "Timestamp"), range("Tstzrange", "Range", "Timestamptz"),
    generic("Multirange"),
    range("Int4multirange", "Multirange", "Integer"), range("Int8multirange", "Multirange", "BigInt"),
    range("Nummultirange", "Multirange", "Numeric"), range("Datemultirange", "Multirange", "Date"),
    range("Tsmultirange", "Multirange", "Timestamp"), range("Tstzmultirange", "Multirange", "Timestamptz"),
    generic("Nullable"), generic("Array"), generic("Unsigned"), generic("Record"),
];

/// Aliases that say a size.
const SIZED: [&str; 13] = [
    "Bit",
    "Blob",
    "Char",
    "Longblob",
    "Longtext",
    "Mediumblob",
    "Mediumtext",
    "Tinyblob",
    "Tinytext",
    "VarChar",
    "Varbinary",
    "Varchar",
    "Bpchar",
];

/// How deep types may be nested.
const MAX_DEPTH: usize = 16;

fn find(name: &str) -> Option<&'static TypeName> {
    TYPES.iter().find(|row| row.name == name)
}

/// A type as it stands in the source.
#[derive(Debug)]
pub(super) struct TypePath {
    segments: Vec<Ident>,
    span: Span,
    arguments: Vec<TypePath>,
}

impl TypePath {
    /// Reads `path::to::Type<Argument, …>`.
    pub(super) fn read(cursor: &mut Cursor) -> Parsed<Self> {
        Self::read_nested(cursor, 0)
    }

    fn read_nested(cursor: &mut Cursor, depth: usize) -> Parsed<Self> {
        if depth > MAX_DEPTH {
            let message = format!("types are nested more than {MAX_DEPTH} deep");
            return Err(Fault::new(cursor.span(), message));
        }
        cursor.eat_joined(':', ':');
        let first = cursor.ident("a type")?;
        let mut path = Self { span: first.span(), segments: vec![first], arguments: Vec::new() };
        while cursor.eat_joined(':', ':') {
            if cursor.is_punct('<') {
                break;
            }
            let segment = cursor.ident("a type")?;
            path.span = segment.span();
            path.segments.push(segment);
        }
        if cursor.eat_punct('<') {
            while !cursor.eat_punct('>') {
                // `Record<(Integer, Text)>`
                if let Some(tuple) = cursor.eat_group(Delimiter::Parenthesis) {
                    for mut part in Cursor::inside(&tuple).split_list() {
                        path.arguments.push(Self::read_nested(&mut part, depth + 1)?);
                        part.finish("`,`")?;
                    }
                } else {
                    path.arguments.push(Self::read_nested(cursor, depth + 1)?);
                }
                if !cursor.is_punct('>') && !cursor.eat_punct(',') {
                    return Err(cursor.unexpected("`,` or `>`"));
                }
            }
        }
        Ok(path)
    }

    /// The name as written where it says a size, which MySQL has types for and others have not.
    pub(super) fn sized(&self) -> Option<&'static str> {
        let written = self.arguments.first().filter(|_| self.is_nullable()).unwrap_or(self);
        let last = written.segments.last().map(name_of)?;
        SIZED.iter().find(|name| **name == last).copied()
    }

    fn is_nullable(&self) -> bool {
        self.segments.last().is_some_and(|last| *last == "Nullable")
    }

    /// The type that it stands for, and whether it may be NULL.
    pub(super) fn resolve(&self, imports: &Imports) -> Parsed<(DieselType, bool)> {
        let resolved = self.resolve_nested(imports)?;
        if resolved.custom || resolved.name != "Nullable" {
            return Ok((resolved, false));
        }
        match <[DieselType; 1]>::try_from(resolved.arguments) {
            Ok([inner]) if inner.custom || inner.name != "Nullable" => Ok((inner, true)),
            _ => Err(Fault::new(self.span, "`Nullable` of `Nullable` is no type of a column")),
        }
    }

    fn resolve_nested(&self, imports: &Imports) -> Parsed<DieselType> {
        let arguments: Vec<_> = self
            .arguments
            .iter()
            .map(|argument| argument.resolve_nested(imports))
            .collect::<Parsed<_>>()?;
        let written: Vec<_> = self.segments.iter().map(name_of).collect();
        let path = imports.expand(&written);
        let (name, modules) = path.split_last().map_or(("", &[][..]), |(n, m)| (n.as_str(), m));
        if !is_diesel(modules, name, imports) {
            return Ok(DieselType { name: name.to_owned(), arguments, custom: true });
        }
        let name = match modules {
            [.., backend, _] if backend == "sqlite" && name == "Timestamptz" => "TimestamptzSqlite",
            _ => name,
        };
        let row = find(name).ok_or_else(|| self.unknown(name))?;
        self.with_arguments(row, arguments)
    }

    fn with_arguments(&self, row: &TypeName, arguments: Vec<DieselType>) -> Parsed<DieselType> {
        let fits = match row.name {
            "Record" => !arguments.is_empty(),
            _ => arguments.len() == row.parameters,
        };
        if !fits {
            let expected = match row.parameters {
                0 => "none was expected",
                _ => "one was expected, as in `Nullable<Text>`",
            };
            let message = format!(
                "`{}` has {} types between `<` and `>`, {expected}",
                row.name,
                arguments.len()
            );
            return Err(Fault::new(self.span, message));
        }
        let arguments = match row.argument {
            Some(implied) => vec![DieselType::new(implied)],
            None => arguments,
        };
        Ok(DieselType { name: row.canonical.to_owned(), arguments, custom: false })
    }

    fn unknown(&self, name: &str) -> Fault {
        let fault = Fault::new(self.span, format!("`{name}` is none of Diesel's SQL types"));
        match suggest::nearest(name, TYPES.iter().map(|row| row.name)) {
            Some(near) => fault.suggest(Some(near)),
            None => fault.hint(format!(
                "a type of your own is imported in the macro: `use crate::sql_types::{name};`"
            )),
        }
    }
}

/// Whether the path is one of Diesel's types, or meant as one: anything below `diesel::`, and a
/// bare name, unless it comes from a `use module::*` that may hold anything.
fn is_diesel(modules: &[String], name: &str, imports: &Imports) -> bool {
    match modules.first() {
        Some(first) => first == "diesel",
        None => {
            let foreign_glob =
                |glob: &Vec<String>| glob.first().is_some_and(|first| first != "diesel");
            find(name).is_some() || !imports.globs.iter().any(foreign_glob)
        }
    }
}
