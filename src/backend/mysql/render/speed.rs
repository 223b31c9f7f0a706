//! How much of a table a change touches. Where the server is known to manage without copying it,
//! the statement says so: then it fails rather than copy, and blocks nobody unexpectedly.

use super::{Context, column};
use crate::backend::mysql::Flavor;
use crate::backend::mysql::spelling::Spelling;
use crate::diff::Operation;
use crate::model::{Column, GeneratedStorage, IndexKey, QualifiedName, Table};

/// From the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Speed {
    /// Nothing is promised: the table may be copied while nobody writes to it.
    Unknown,
    /// Others may write meanwhile.
    InPlace,
    /// Only the dictionary changes.
    Instant,
}

impl Speed {
    /// What the statement says. MySQL takes no `LOCK` beside `INSTANT`.
    pub(super) fn clause(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::InPlace => Some("ALGORITHM = INPLACE, LOCK = NONE"),
            Self::Instant => Some("ALGORITHM = INSTANT"),
        }
    }
}

/// What the table allows at best: InnoDB alone, without full-text indexes and compression.
pub(super) fn of_table(table: Option<&Table>) -> Speed {
    let Some(table) = table else { return Speed::Unknown };
    let compressed = |(name, value): (&String, &String)| {
        name == "ROW_FORMAT" && value == "COMPRESSED" || name == "KEY_BLOCK_SIZE"
    };
    let special = |method: &Option<String>| {
        method.as_deref().is_some_and(|m| m.contains("fulltext") || m.contains("spatial"))
    };
    if table.options.engine.is_some()
        || table.options.others.iter().any(compressed)
        || table.indexes.iter().any(|index| special(&index.method))
    {
        return Speed::Unknown;
    }
    Speed::Instant
}

/// What one change allows at best, as measured on MariaDB 10.11 and said by the manual of MySQL 8
/// ("Online DDL Operations").
pub(super) fn of(operation: &Operation, context: Context<'_>) -> Speed {
    match operation {
        Operation::AddColumn { column, fill, .. } => of_new_column(column, fill.as_deref()),
        Operation::DropColumn { table, column } => {
            let instant = context.flavor.drops_columns_at_once()
                && column.generated.is_none()
                && !is_used(table, &column.name, context);
            if instant { Speed::Instant } else { Speed::Unknown }
        }
        Operation::AlterColumn { table, from, to, .. } => {
            let key = context.from.tables.get(table).is_some_and(|table| table.is_key(&to.name));
            if key { Speed::Unknown } else { of_changed_column(from, to, context.flavor) }
        }
        Operation::AddUnique { .. } | Operation::DropUnique { .. } => Speed::InPlace,
        Operation::CreateIndex { index, .. } | Operation::DropIndex { index, .. } => {
            if index.method.is_none() { Speed::InPlace } else { Speed::Unknown }
        }
        Operation::AlterTable { from, to, .. } if from.options == to.options => Speed::Instant,
        Operation::DropCheck { .. } if context.flavor == Flavor::MariaDb => Speed::Instant,
        Operation::AlterTable { .. }
        | Operation::DropCheck { .. }
        | Operation::AlterPrimaryKey { .. }
        | Operation::AddCheck { .. }
        | Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::RenameTable { .. }
        | Operation::RenameColumn { .. }
        | Operation::RenamePart { .. }
        | Operation::AddForeignKey { .. }
        | Operation::AddExclusion { .. }
        | Operation::DropExclusion { .. }
        | Operation::DropForeignKey { .. }
        | Operation::CreateView { .. }
        | Operation::DropView { .. }
        | Operation::CreateEnum { .. }
        | Operation::DropEnum { .. }
        | Operation::AlterEnum { .. }
        | Operation::CreateDefinition { .. }
        | Operation::DropDefinition { .. }
        | Operation::AlterDefinition { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RebuildTable { .. } => Speed::Unknown,
    }
}

fn of_new_column(column: &Column, fill: Option<&str>) -> Speed {
    let stored = (column.generated.as_ref()).is_some_and(|g| g.storage == GeneratedStorage::Stored);
    let plain = |value: &str| column::is_constant(value);
    let default = column.default.as_deref().is_none_or(plain) && fill.is_none_or(plain);
    let checked = column.sql_type.native.as_deref().is_some_and(|native| {
        let spelling = Spelling::read(native);
        // JSON brings its check on MariaDB.
        spelling.tail.check.is_some() || spelling.name == "json"
    });
    let assigned = super::types::is_auto_increment(column);
    if stored || !default || checked || assigned { Speed::Unknown } else { Speed::Instant }
}

/// Whether an index or a check of the table is about the column.
fn is_used(table: &QualifiedName, column: &str, context: Context<'_>) -> bool {
    let Some(table) = context.from.tables.get(table) else { return true };
    let named = |columns: &[String]| columns.iter().any(|name| name == column);
    table.is_key(column)
        || table.uniques.iter().any(|unique| named(&unique.columns))
        || table.foreign_keys.iter().any(|key| named(&key.columns))
        || table.checks.iter().any(|check| super::normalize::mentions(&check.expression, column))
        || table.indexes.iter().any(|index| {
            index.parts.iter().any(|part| match &part.key {
                IndexKey::Column(name) => name == column,
                IndexKey::Expression(_) => true,
            })
        })
}

fn of_changed_column(from: &Column, to: &Column, flavor: Flavor) -> Speed {
    if from.generated != to.generated || from.identity != to.identity {
        return Speed::Unknown;
    }
    let read =
        |column: &Column| Spelling::read(column.sql_type.native.as_deref().unwrap_or_default());
    let (old, new) = (read(from), read(to));
    let same_text = from.collation == to.collation;
    let tail = Spelling { tail: old.tail.clone(), ..new.clone() } == new;
    let grows = old.bare() == new.bare() || is_longer(&old, &new, flavor);
    if !same_text || !tail || !grows {
        return Speed::Unknown;
    }
    // A NULL of a timestamp becomes the present time.
    let constant = to.default.as_deref().is_none_or(column::is_constant) && new.name != "timestamp";
    match (from.nullable, to.nullable) {
        // MariaDB fills no NULL from an expression unless it copies.
        (true, false) if !constant => Speed::Unknown,
        (a, b) if a != b => Speed::InPlace,
        _ => Speed::Instant,
    }
}

/// A longer `varchar`, or an `enum` with further labels at its end, of the same size.
fn is_longer(old: &Spelling, new: &Spelling, flavor: Flavor) -> bool {
    if old.name != new.name {
        return false;
    }
    let length = |spelling: &Spelling| {
        spelling.arguments.first().and_then(|n| n.parse::<u32>().ok()).unwrap_or(0)
    };
    match old.name.as_str() {
        // MySQL copies when the bytes of the length become two.
        "varchar" => flavor == Flavor::MariaDb && length(old) <= length(new),
        "enum" => new.arguments.len() < 256 && new.arguments.starts_with(&old.arguments),
        _ => false,
    }
}
