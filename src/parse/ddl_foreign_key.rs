//! `foreign key [name] (…) references table (…) [on delete …] [on update …] [deferrable …]`

use proc_macro2::{Delimiter, Ident, Span};

use super::attributes::check_name;
use super::ddl_clause::{columns, constraint_name, expect_word};
use super::ddl_index::stray;
use super::relation_macros::RustPath;
use super::tokens::{Cursor, Fault, Parsed};
use crate::model::{Deferrable, QualifiedName, ReferentialAction};

/// A foreign key.
pub(super) struct ForeignKeyClause {
    pub(super) name: Option<String>,
    pub(super) columns: Vec<Ident>,
    pub(super) target: Target,
    pub(super) on_delete: Option<ReferentialAction>,
    pub(super) on_update: Option<ReferentialAction>,
    pub(super) deferrable: Option<Deferrable>,
    /// The columns that `on delete set …` sets.
    pub(super) set_columns: Vec<Ident>,
    pub(super) match_full: bool,
    pub(super) not_valid: bool,
}

/// What it refers to.
pub(super) enum Target {
    /// A table of the models.
    Model { path: RustPath, columns: Vec<Ident> },
    /// A table outside the models, by its SQL names.
    Foreign { table: QualifiedName, columns: Vec<String> },
}

const WORDS: [&str; 4] = ["on", "deferrable", "match", "not"];

/// Reads what follows `foreign key`.
pub(super) fn read(cursor: &mut Cursor) -> Parsed<ForeignKeyClause> {
    let name = constraint_name(cursor)?;
    let span = cursor.span();
    let columns = columns(cursor)?;
    expect_word(cursor, "references")?;
    let target = target(cursor)?;
    if target.len() != columns.len() {
        let message =
            format!("the foreign key has {} columns and refers to {}", columns.len(), target.len());
        return Err(Fault::new(span, message));
    }
    let mut key = ForeignKeyClause {
        name,
        columns,
        target,
        on_delete: None,
        on_update: None,
        deferrable: None,
        set_columns: Vec::new(),
        match_full: false,
        not_valid: false,
    };
    while let Some(word) = cursor.eat_ident() {
        match word.to_string().as_str() {
            "on" => on(&mut key, cursor)?,
            "deferrable" if key.deferrable.is_none() => key.deferrable = Some(deferrable(cursor)?),
            "match" if !key.match_full => {
                expect_word(cursor, "full")?;
                key.match_full = true;
            }
            "not" if !key.not_valid => {
                expect_word(cursor, "valid")?;
                key.not_valid = true;
            }
            other => return Err(stray(other, word.span(), "word of a foreign key", &WORDS)),
        }
    }
    Ok(key)
}

impl Target {
    fn len(&self) -> usize {
        match self {
            Self::Model { columns, .. } => columns.len(),
            Self::Foreign { columns, .. } => columns.len(),
        }
    }
}

fn target(cursor: &mut Cursor) -> Parsed<Target> {
    let Some((name, span)) = cursor.eat_text()? else {
        let path = RustPath::read(cursor, "a table")?;
        return Ok(Target::Model { path, columns: columns(cursor)? });
    };
    check_name(&name, span)?;
    let mut table = QualifiedName::new(name);
    if cursor.eat_punct('.') {
        let (name, span) = cursor.text("the name of a table in double quotes")?;
        check_name(&name, span)?;
        table = QualifiedName::in_schema(table.name, name);
    }
    let group = cursor.group(Delimiter::Parenthesis, "`(` and the columns")?;
    let columns = Cursor::inside(&group)
        .split_list()
        .into_iter()
        .map(|mut part| {
            let (name, span) = part.text("the SQL name of a column in double quotes")?;
            check_name(&name, span)?;
            part.finish("`,`").map(|()| name)
        })
        .collect::<Parsed<Vec<_>>>()?;
    Ok(Target::Foreign { table, columns })
}

fn on(key: &mut ForeignKeyClause, cursor: &mut Cursor) -> Parsed<()> {
    let span: Span = cursor.span();
    let deletes = cursor.is_word("delete");
    let slot = if cursor.eat_word("delete") {
        &mut key.on_delete
    } else if cursor.eat_word("update") {
        &mut key.on_update
    } else {
        return Err(cursor.unexpected("`delete` or `update`"));
    };
    if slot.is_some() {
        return Err(Fault::new(span, "the action is there twice"));
    }
    let action = action(cursor)?;
    *slot = Some(action);
    let sets = matches!(action, ReferentialAction::SetNull | ReferentialAction::SetDefault);
    if deletes && sets && cursor.is_group(Delimiter::Parenthesis) {
        key.set_columns = columns(cursor)?;
    }
    Ok(())
}

fn action(cursor: &mut Cursor) -> Parsed<ReferentialAction> {
    const ACTIONS: [(&[&str], ReferentialAction); 5] = [
        (&["cascade"], ReferentialAction::Cascade),
        (&["restrict"], ReferentialAction::Restrict),
        (&["set", "null"], ReferentialAction::SetNull),
        (&["set", "default"], ReferentialAction::SetDefault),
        (&["no", "action"], ReferentialAction::NoAction),
    ];
    for (words, action) in ACTIONS {
        let mut ahead = cursor.clone();
        if words.iter().all(|word| ahead.eat_word(word)) {
            *cursor = ahead;
            return Ok(action);
        }
    }
    Err(cursor.unexpected("`cascade`, `restrict`, `set null`, `set default` or `no action`"))
}

pub(super) fn deferrable(cursor: &mut Cursor) -> Parsed<Deferrable> {
    if !cursor.eat_word("initially") {
        return Ok(Deferrable::InitiallyImmediate);
    }
    if cursor.eat_word("deferred") {
        Ok(Deferrable::InitiallyDeferred)
    } else if cursor.eat_word("immediate") {
        Ok(Deferrable::InitiallyImmediate)
    } else {
        Err(cursor.unexpected("`deferred` or `immediate`"))
    }
}
