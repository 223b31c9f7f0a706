//! The clauses of `table … { }` in `ddl!`.

use proc_macro2::{Delimiter, Ident, Span};

use super::attributes::check_name;
use super::ddl_column::{self, ColumnClause};
use super::ddl_foreign_key::{self, ForeignKeyClause};
use super::ddl_index::{self, IndexClause};
use super::ddl_key::{self, KeyClause};
use super::ddl_macro::list;
use super::ddl_options::{self, OptionsClause};
use super::sql::{self, SqlSpot};
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed, name_of};
use crate::backend::Backend;

/// One clause.
pub(super) struct Clause {
    /// The place of its first word.
    pub(super) span: Span,
    pub(super) kind: ClauseKind,
}

/// What it says.
pub(super) enum ClauseKind {
    Column(ColumnClause),
    Unique { name: Option<String>, columns: KeyClause, options: OptionsClause },
    Index(IndexClause),
    Check { name: Option<String>, expression: SqlSpot, options: OptionsClause },
    Exclude { name: Option<String>, definition: SqlSpot, options: OptionsClause },
    ForeignKey(ForeignKeyClause),
    PrimaryKey { name: Option<String>, columns: KeyClause, options: OptionsClause },
    NoPrimaryKey,
    Strict,
    WithoutRowid,
    Engine(SqlSpot),
    Options(Vec<(String, SqlSpot)>),
    Unlogged,
    With(SqlSpot),
    Comment(SqlSpot),
}

/// The words that a clause starts with.
const WORDS: [&str; 14] = [
    "unique", "index", "check", "exclude", "foreign", "primary", "no", "strict", "without",
    "engine", "options", "comment", "unlogged", "with",
];

/// What may stand behind the columns of a unique constraint; a primary key has all but the first.
const KEY_WORDS: [&str; 4] = ["nulls", "include", "deferrable", "on"];

/// Reads all clauses; a clause that cannot be read is pushed as a fault and left out.
pub(super) fn read_all(
    mut cursor: Cursor,
    backend: Backend,
    faults: &mut Vec<Fault>,
) -> Vec<Clause> {
    let mut clauses = Vec::new();
    while !cursor.is_empty() {
        let (mut part, semicolon) = cursor.split_at(';');
        let span = part.span();
        match clause(&mut part, backend) {
            Ok(kind) if semicolon.is_some() => clauses.push(Clause { span, kind }),
            Ok(_) => faults.push(part.unexpected("`;`")),
            Err(fault) => faults.push(fault),
        }
    }
    clauses
}

fn clause(cursor: &mut Cursor, backend: Backend) -> Parsed<ClauseKind> {
    skip_docs(cursor)?;
    let word = cursor.ident("the name of a column and `:`, or a clause")?;
    if cursor.eat_punct(':') {
        let clause = ddl_column::read(word, cursor, backend)?;
        return Ok(ClauseKind::Column(clause));
    }
    let name = word.to_string();
    let kind = match name.as_str() {
        "unique" if cursor.eat_word("index") => {
            ClauseKind::Index(ddl_index::read(cursor, true, backend)?)
        }
        "unique" => {
            let (name, columns) = (constraint_name(cursor)?, ddl_key::read(cursor, backend)?);
            let options = ddl_options::read(cursor, &KEY_WORDS, "word of a unique constraint")?;
            ClauseKind::Unique { name, columns, options }
        }
        "index" => ClauseKind::Index(ddl_index::read(cursor, false, backend)?),
        "check" => {
            let (name, expression) = named_sql(cursor, backend, "a SQL condition")?;
            let options = ddl_options::read(cursor, &["no", "not", "on"], "word of a check")?;
            ClauseKind::Check { name, expression, options }
        }
        "exclude" => {
            let what = "what an exclusion constraint says";
            let (name, definition) = named_sql(cursor, backend, what)?;
            let words = ["deferrable"];
            let options = ddl_options::read(cursor, &words, "word of an exclusion constraint")?;
            ClauseKind::Exclude { name, definition, options }
        }
        "foreign" => {
            expect_word(cursor, "key")?;
            ClauseKind::ForeignKey(ddl_foreign_key::read(cursor)?)
        }
        "primary" => {
            expect_word(cursor, "key")?;
            let name = constraint_name(cursor)?;
            let unnamed = cursor.unexpected("the name of the constraint");
            let columns = ddl_key::read(cursor, backend)?;
            let options = ddl_options::read(cursor, &KEY_WORDS[1..], "word of a primary key")?;
            // Of a key without a name `table!` says all, unless more is said of it here.
            if name.is_none() && options.is_empty() && !columns.says_more() {
                return Err(unnamed);
            }
            ClauseKind::PrimaryKey { name, columns, options }
        }
        "no" => {
            expect_word(cursor, "primary")?;
            expect_word(cursor, "key")?;
            ClauseKind::NoPrimaryKey
        }
        "strict" => ClauseKind::Strict,
        "without" => {
            expect_word(cursor, "rowid")?;
            ClauseKind::WithoutRowid
        }
        "engine" => ClauseKind::Engine(sql::read(cursor, backend, "an engine")?),
        "options" => {
            let group = cursor.group(Delimiter::Brace, "`{` and the options")?;
            ClauseKind::Options(options(Cursor::inside(&group), backend)?)
        }
        "unlogged" => ClauseKind::Unlogged,
        "with" => ClauseKind::With(sql::read(cursor, backend, "storage parameters")?),
        "comment" => ClauseKind::Comment(sql::read(cursor, backend, "a comment")?),
        other => {
            return Err(Fault::new(word.span(), format!("`{other}` is no clause of a table"))
                .hint(format!("the clauses start with {}", list(&WORDS)))
                .suggest(suggest::nearest(other, WORDS)));
        }
    };
    cursor.finish("`;`")?;
    Ok(kind)
}

/// Doc comments may stand before a clause; anything else would be lost.
fn skip_docs(cursor: &mut Cursor) -> Parsed<()> {
    while cursor.is_punct('#') {
        let span = cursor.span();
        cursor.next();
        let group = cursor.group(Delimiter::Bracket, "`[`")?;
        if !Cursor::inside(&group).is_word("doc") {
            return Err(Fault::new(span, "a clause takes no attribute")
                .hint("`#[cfg(…)]` may stand before the whole `table`"));
        }
    }
    Ok(())
}

/// `[name] "sql"`: of two strings the first is the name.
pub(super) fn named_sql(
    cursor: &mut Cursor,
    backend: Backend,
    expected: &str,
) -> Parsed<(Option<String>, SqlSpot)> {
    let mut name = cursor.eat_ident().map(|ident| name_of(&ident));
    if name.is_none() {
        let mut ahead = cursor.clone();
        if let Some((text, span)) = ahead.eat_text().ok().flatten()
            && sql::is_next(&ahead)
        {
            check_name(&text, span)?;
            name = Some(text);
            *cursor = ahead;
        }
    }
    Ok((name, sql::read(cursor, backend, expected)?))
}

fn options(cursor: Cursor, backend: Backend) -> Parsed<Vec<(String, SqlSpot)>> {
    let mut options: Vec<(String, SqlSpot)> = Vec::new();
    for mut part in cursor.split_list() {
        let span = part.span();
        let name = constraint_name(&mut part)?
            .ok_or_else(|| part.unexpected("the name of an option"))?
            .to_uppercase();
        let value = sql::read(&mut part, backend, "the value of the option")?;
        part.finish("`,`")?;
        if options.iter().any(|(other, _)| *other == name) {
            return Err(Fault::new(span, format!("option `{name}` is there twice")));
        }
        options.push((name, value));
    }
    Ok(options)
}

/// The name of a constraint or index, if there is one: an identifier or a string.
pub(super) fn constraint_name(cursor: &mut Cursor) -> Parsed<Option<String>> {
    if let Some((text, span)) = cursor.eat_text()? {
        check_name(&text, span)?;
        return Ok(Some(text));
    }
    Ok(cursor.eat_ident().map(|ident| name_of(&ident)))
}

/// `(a, b)`
pub(super) fn columns(cursor: &mut Cursor) -> Parsed<Vec<Ident>> {
    let group = cursor.group(Delimiter::Parenthesis, "`(` and the columns")?;
    let mut columns: Vec<Ident> = Vec::new();
    for mut part in Cursor::inside(&group).split_list() {
        let ident = part.ident("the name of a column")?;
        part.finish("`,`")?;
        if columns.iter().any(|column| name_of(column) == name_of(&ident)) {
            return Err(Fault::new(ident.span(), format!("column `{ident}` is there twice")));
        }
        columns.push(ident);
    }
    if columns.is_empty() {
        return Err(Fault::new(group.span_open(), "no column is named"));
    }
    Ok(columns)
}

pub(super) fn expect_word(cursor: &mut Cursor, word: &str) -> Parsed<()> {
    if cursor.eat_word(word) { Ok(()) } else { Err(cursor.unexpected(&format!("`{word}`"))) }
}
