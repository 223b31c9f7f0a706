//! `CREATE TABLE`.

use std::ops::Range;

use super::cursor::Cursor;
use super::{
    ColumnConstraint, ColumnConstraintKind, ColumnName, Element, ElementKind, References,
    StoredColumn, StoredError, StoredTable, TableConstraint, TableConstraintKind, TokenKind, tree,
};
use crate::model::{Deferrable, ReferentialAction, SortOrder};

/// The keywords that begin a constraint of a table. None of them can be a name without quotes.
const TABLE_CONSTRAINTS: &[&str] = &["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

/// The keywords that end a type name. `GENERATED` is not among them: it may be part of one.
const COLUMN_CONSTRAINTS: &[&str] = &[
    "CONSTRAINT",
    "DEFAULT",
    "NULL",
    "NOT",
    "PRIMARY",
    "UNIQUE",
    "CHECK",
    "REFERENCES",
    "COLLATE",
    "AS",
    "DEFERRABLE",
];

/// Reads a stored `CREATE TABLE`.
///
/// # Errors
/// When the text is no `CREATE TABLE` with columns (a virtual table, `AS SELECT`), or its slices and
/// SQLite's grammar disagree about it.
pub fn read_table(text: &str) -> Result<StoredTable<'_>, StoredError> {
    let mut cursor = Cursor::new(text)?;
    cursor.expect("CREATE")?;
    let _temporary = cursor.eat(&["TEMP"]) || cursor.eat(&["TEMPORARY"]);
    cursor.expect("TABLE")?;
    cursor.eat(&["IF", "NOT", "EXISTS"]);
    let (_, mut name) = cursor.name()?;
    if cursor.eat(&["."]) {
        (_, name) = cursor.name()?;
    }
    let body_open = cursor.expect("(")?.start;
    let elements = elements(&mut cursor)?;
    let body_close = cursor.expect(")")?.start;
    let tail = cursor.rest().unwrap_or(body_close + 1..body_close + 1);
    let (strict, without_rowid) = options(&mut cursor)?;
    let table =
        StoredTable { text, name, body_open, body_close, elements, tail, strict, without_rowid };
    tree::agrees_with_table(&table)?;
    Ok(table)
}

fn options(cursor: &mut Cursor<'_>) -> Result<(bool, bool), StoredError> {
    let (mut strict, mut without_rowid) = (false, false);
    while !cursor.at_end() {
        if cursor.eat(&["STRICT"]) {
            strict = true;
        } else if cursor.eat(&["WITHOUT", "ROWID"]) {
            without_rowid = true;
        } else {
            return Err(cursor.unexpected("STRICT or WITHOUT ROWID"));
        }
        if !cursor.eat(&[","]) && !cursor.at_end() {
            return Err(cursor.unexpected("a comma"));
        }
    }
    Ok((strict, without_rowid))
}

fn elements(cursor: &mut Cursor<'_>) -> Result<Vec<Element>, StoredError> {
    let mut elements = Vec::new();
    loop {
        let start = cursor.start();
        let kind = if cursor.is_any(TABLE_CONSTRAINTS) {
            ElementKind::Constraint(table_constraint(cursor)?)
        } else {
            ElementKind::Column(column(cursor)?)
        };
        let constraint = matches!(kind, ElementKind::Constraint(_));
        elements.push(Element { range: start..cursor.end(), kind });
        if cursor.is(0, ")") {
            return Ok(elements);
        }
        let next = cursor.eat(&[","]) || constraint && cursor.is_any(TABLE_CONSTRAINTS);
        if !next {
            return Err(cursor.unexpected("a comma"));
        }
    }
}

fn column(cursor: &mut Cursor<'_>) -> Result<StoredColumn, StoredError> {
    let (name, name_range) = cursor.name()?;
    let type_range = type_name(cursor)?;
    let mut constraints = Vec::new();
    while !cursor.is_any(&[",", ")"]) {
        constraints.push(column_constraint(cursor)?);
    }
    Ok(StoredColumn { name, name_range, type_range, constraints })
}

/// The words up to the first constraint, and up to two numbers in parentheses.
fn type_name(cursor: &mut Cursor<'_>) -> Result<Option<Range<usize>>, StoredError> {
    let start = cursor.start();
    let mut found = false;
    while let Some(token) = cursor.peek(0) {
        let part = matches!(token.kind, TokenKind::Word | TokenKind::Quoted | TokenKind::Text);
        let generated = cursor.is(0, "GENERATED") && cursor.is(1, "ALWAYS") && cursor.is(2, "AS");
        if !part || generated || cursor.is_any(COLUMN_CONSTRAINTS) {
            break;
        }
        cursor.any("a type")?;
        found = true;
    }
    if found && cursor.is(0, "(") {
        cursor.group()?;
    }
    Ok(found.then(|| start..cursor.end()))
}

/// `CONSTRAINT a CONSTRAINT b …` is legal, and the last name holds.
fn constraint_name(cursor: &mut Cursor<'_>) -> Result<Option<String>, StoredError> {
    let mut name = None;
    while cursor.eat(&["CONSTRAINT"]) {
        name = Some(cursor.name()?.0);
    }
    Ok(name)
}

fn column_constraint(cursor: &mut Cursor<'_>) -> Result<ColumnConstraint, StoredError> {
    let start = cursor.start();
    let name = constraint_name(cursor)?;
    let (kind, on_conflict) = column_constraint_kind(cursor)?;
    Ok(ColumnConstraint { range: start..cursor.end(), name, on_conflict, kind })
}

fn column_constraint_kind(
    cursor: &mut Cursor<'_>,
) -> Result<(ColumnConstraintKind, Option<String>), StoredError> {
    use ColumnConstraintKind as Kind;
    if let Some(deferrable) = deferrable(cursor) {
        return Ok((Kind::Deferrable(deferrable), None));
    }
    if cursor.eat(&["NOT", "NULL"]) {
        return Ok((Kind::NotNull, on_conflict(cursor)?));
    }
    if cursor.eat(&["NULL"]) {
        return Ok((Kind::Null, on_conflict(cursor)?));
    }
    if cursor.eat(&["UNIQUE"]) {
        return Ok((Kind::Unique, on_conflict(cursor)?));
    }
    if cursor.eat(&["PRIMARY", "KEY"]) {
        let descending = cursor.eat(&["DESC"]);
        cursor.eat(&["ASC"]);
        let order = if descending { SortOrder::Descending } else { SortOrder::Ascending };
        let conflict = on_conflict(cursor)?;
        let autoincrement = cursor.eat(&["AUTOINCREMENT"]);
        return Ok((Kind::PrimaryKey { autoincrement, order }, conflict));
    }
    let kind = if cursor.eat(&["CHECK"]) {
        Kind::Check { expr: cursor.group()? }
    } else if cursor.eat(&["DEFAULT"]) {
        default(cursor)?
    } else if cursor.eat(&["COLLATE"]) {
        Kind::Collate { name: cursor.name()?.0 }
    } else if cursor.is(0, "REFERENCES") {
        Kind::References(references(cursor)?)
    } else if cursor.eat(&["GENERATED", "ALWAYS", "AS"]) || cursor.eat(&["AS"]) {
        let expr = cursor.group()?;
        let stored = cursor.eat(&["STORED"]);
        cursor.eat(&["VIRTUAL"]);
        Kind::Generated { expr, stored }
    } else {
        return Err(cursor.unexpected("a column constraint"));
    };
    Ok((kind, None))
}

fn default(cursor: &mut Cursor<'_>) -> Result<ColumnConstraintKind, StoredError> {
    let parenthesized = cursor.is(0, "(");
    let expr = if parenthesized {
        cursor.group()?
    } else {
        let start = cursor.start();
        let _sign = cursor.eat(&["+"]) || cursor.eat(&["-"]);
        cursor.any("a value")?;
        start..cursor.end()
    };
    Ok(ColumnConstraintKind::Default { expr, parenthesized })
}

fn table_constraint(cursor: &mut Cursor<'_>) -> Result<TableConstraint, StoredError> {
    use TableConstraintKind as Kind;
    let name = constraint_name(cursor)?;
    let kind = if cursor.eat(&["PRIMARY", "KEY"]) {
        let columns = cursor.key_parts()?;
        let autoincrement = cursor.eat(&["AUTOINCREMENT"]);
        cursor.expect(")")?;
        Kind::PrimaryKey { columns, autoincrement }
    } else if cursor.eat(&["UNIQUE"]) {
        let columns = cursor.key_parts()?;
        cursor.expect(")")?;
        Kind::Unique { columns }
    } else if cursor.eat(&["CHECK"]) {
        Kind::Check { expr: cursor.group()? }
    } else if cursor.eat(&["FOREIGN", "KEY"]) {
        let columns = column_names(cursor)?;
        Kind::ForeignKey { columns, references: references(cursor)? }
    } else {
        return Err(cursor.unexpected("a table constraint"));
    };
    let on_conflict = on_conflict(cursor)?;
    Ok(TableConstraint { name, on_conflict, kind })
}

fn on_conflict(cursor: &mut Cursor<'_>) -> Result<Option<String>, StoredError> {
    if !cursor.eat(&["ON", "CONFLICT"]) {
        return Ok(None);
    }
    let word = cursor.any("a conflict clause")?;
    Ok(Some(cursor.text[word].to_ascii_uppercase()))
}

fn references(cursor: &mut Cursor<'_>) -> Result<References, StoredError> {
    cursor.expect("REFERENCES")?;
    let (table, table_range) = cursor.name()?;
    let columns = if cursor.is(0, "(") { column_names(cursor)? } else { Vec::new() };
    let mut references = References {
        table,
        table_range,
        columns,
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        deferrable: Deferrable::NotDeferrable,
        unheeded: Vec::new(),
    };
    loop {
        let start = cursor.start();
        if cursor.eat(&["ON", "DELETE"]) {
            references.on_delete = action(cursor)?;
        } else if cursor.eat(&["ON", "UPDATE"]) {
            references.on_update = action(cursor)?;
        } else if cursor.eat(&["ON", "INSERT"]) {
            action(cursor)?;
            references.unheeded.push(start..cursor.end());
        } else if cursor.eat(&["MATCH"]) {
            // Every foreign key is MATCH SIMPLE.
            cursor.name()?;
            references.unheeded.push(start..cursor.end());
        } else {
            break;
        }
    }
    if let Some(deferrable) = deferrable(cursor) {
        references.deferrable = deferrable;
    }
    Ok(references)
}

fn action(cursor: &mut Cursor<'_>) -> Result<ReferentialAction, StoredError> {
    const ACTIONS: &[(&[&str], ReferentialAction)] = &[
        (&["NO", "ACTION"], ReferentialAction::NoAction),
        (&["RESTRICT"], ReferentialAction::Restrict),
        (&["CASCADE"], ReferentialAction::Cascade),
        (&["SET", "NULL"], ReferentialAction::SetNull),
        (&["SET", "DEFAULT"], ReferentialAction::SetDefault),
    ];
    match ACTIONS.iter().find(|(words, _)| cursor.eat(words)) {
        Some((_, action)) => Ok(*action),
        None => Err(cursor.unexpected("a foreign key action")),
    }
}

fn deferrable(cursor: &mut Cursor<'_>) -> Option<Deferrable> {
    let not = cursor.eat(&["NOT", "DEFERRABLE"]);
    if !not && !cursor.eat(&["DEFERRABLE"]) {
        return None;
    }
    let deferred = cursor.eat(&["INITIALLY", "DEFERRED"]);
    cursor.eat(&["INITIALLY", "IMMEDIATE"]);
    Some(match (not, deferred) {
        (true, _) => Deferrable::NotDeferrable,
        (false, true) => Deferrable::InitiallyDeferred,
        (false, false) => Deferrable::InitiallyImmediate,
    })
}

fn column_names(cursor: &mut Cursor<'_>) -> Result<Vec<ColumnName>, StoredError> {
    let parts = cursor.key_parts()?;
    cursor.expect(")")?;
    let name = |part: super::KeyPart| {
        let name = part.column.ok_or_else(|| StoredError::Unexpected {
            at: part.range.start,
            found: cursor.text[part.range.clone()].to_owned(),
            expected: "a column",
        })?;
        Ok(ColumnName { name, range: part.expr })
    };
    parts.into_iter().map(name).collect()
}
