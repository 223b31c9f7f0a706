//! Which catalog entries a plan may change. Whatever it does not name must keep its text, on the
//! tables of the plan, too: a trigger, a grant or a comment that goes along is a defect.

use crate::backend::CatalogEntry;
use crate::diff::Operation;
use crate::model::{Column, Definition, DefinitionKind, QualifiedName, Schema, View};

/// The kinds that a view can have in the catalog.
const VIEWS: &[&str] = &["view", "materialized view"];

/// Whether one of the operations changes the entry. What changes a partitioned table changes its
/// partitions.
pub(super) fn may_change(entry: &CatalogEntry, operations: &[Operation], from: &Schema) -> bool {
    if operations.iter().any(|operation| changes(operation, entry, operations)) {
        return true;
    }
    let Some(parent) = entry.table.as_deref().and_then(|table| parent(table, from)) else {
        return false;
    };
    let as_parents = CatalogEntry { table: Some(parent.to_string()), ..entry.clone() };
    // The server names the indexes and keys of partitions itself.
    let renamed = ["index", "constraint"].contains(&entry.kind.as_str())
        && operations
            .iter()
            .any(|operation| operation.table() == Some(parent) && constrains(operation));
    renamed || may_change(&as_parents, operations, from)
}

/// Whether the entry is something of a partition.
pub(super) fn is_of_partition(entry: &CatalogEntry, from: &Schema) -> bool {
    entry.table.as_deref().is_some_and(|table| parent(table, from).is_some())
}

fn parent<'a>(table: &str, from: &'a Schema) -> Option<&'a QualifiedName> {
    let partition = from
        .others
        .iter()
        .find(|other| other.kind == "partition" && other.name.to_string() == table)?;
    partition.table.as_ref()
}

fn constrains(operation: &Operation) -> bool {
    matches!(
        operation,
        Operation::AlterPrimaryKey { .. }
            | Operation::AddUnique { .. }
            | Operation::DropUnique { .. }
            | Operation::AddCheck { .. }
            | Operation::DropCheck { .. }
            | Operation::AddForeignKey { .. }
            | Operation::DropForeignKey { .. }
            | Operation::CreateIndex { .. }
            | Operation::DropIndex { .. }
    )
}

fn changes(operation: &Operation, entry: &CatalogEntry, all: &[Operation]) -> bool {
    let entry = Entry(entry);
    match operation {
        Operation::CreateTable { table } | Operation::DropTable { table } => {
            entry.all_of(&table.name)
        }
        // What the server renames by itself is compared with the catalog after the renames alone.
        Operation::RenameTable { .. }
        | Operation::RenameColumn { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RenamePart { .. }
        | Operation::RebuildTable { .. } => false,
        // The sequences of its columns are logged as the table is (since PostgreSQL 15).
        Operation::AlterTable { table, from, to } => {
            entry.is("table", table)
                || from.options.unlogged != to.options.unlogged && entry.of_kind("sequence", table)
        }
        Operation::AddColumn { table, column, .. } | Operation::DropColumn { table, column } => {
            entry.column(table, column)
        }
        Operation::AlterColumn { table, from, to, .. } => {
            entry.column(table, from)
                || entry.column(table, to)
                || rewritten(from, to) && entry.stands_on(table, from, to)
        }
        Operation::AlterPrimaryKey { table, from, to } => {
            [from, to].into_iter().flatten().any(|key| {
                entry.constraint(table, key.name.as_deref())
                    || key.columns.iter().any(|column| {
                        entry.of("column", table, column) || entry.of("not null", table, column)
                    })
            })
        }
        Operation::AddUnique { table, unique } | Operation::DropUnique { table, unique } => {
            entry.constraint(table, unique.name.as_deref())
        }
        Operation::AddCheck { table, check } | Operation::DropCheck { table, check } => {
            entry.constraint(table, check.name.as_deref())
        }
        Operation::AddExclusion { table, exclusion }
        | Operation::DropExclusion { table, exclusion } => {
            entry.constraint(table, exclusion.name.as_deref())
        }
        Operation::AddForeignKey { table, foreign_key }
        | Operation::DropForeignKey { table, foreign_key } => {
            entry.constraint(table, foreign_key.name.as_deref())
        }
        Operation::CreateIndex { table, index } | Operation::DropIndex { table, index } => {
            index.name.as_deref().is_some_and(|name| entry.of("index", table, name))
        }
        // A view that only makes room is to be the same afterwards.
        Operation::CreateView { view } | Operation::DropView { view } => {
            !makes_room(view, all) && entry.all_of(&view.name)
                || entry.of_kind("index", &view.name) && changes_indexes(view, all)
        }
        Operation::CreateEnum { enum_type } | Operation::DropEnum { enum_type } => {
            entry.is("type", &enum_type.name) || entry.is("grants", &enum_type.name)
        }
        Operation::AlterEnum { from, to } => {
            entry.is("type", &from.name) || entry.is("type", &to.name)
        }
        Operation::CreateDefinition { definition } | Operation::DropDefinition { definition } => {
            entry.defines(definition) || entry.is("grants", &definition.name)
        }
        Operation::AlterDefinition { to: definition, .. } => entry.defines(definition),
    }
}

/// What of an entry must stay: of what stands on a view that makes room for another type, all but the
/// expressions, in which the server writes casts as the new type needs them. That those say the same is
/// for the comparison of the schemas.
pub(super) fn settled(
    entry: &CatalogEntry,
    operations: &[Operation],
    side: &Schema,
) -> CatalogEntry {
    let relation = entry.table.as_ref().unwrap_or(&entry.name);
    let Some(view) = side.views.values().find(|view| view.name.to_string() == *relation) else {
        return entry.clone();
    };
    // In `side` its text may be another already.
    let moved = operations.iter().any(|operation| match operation {
        Operation::CreateView { view: planned } => {
            planned.name == view.name && makes_room(planned, operations)
        }
        _ => false,
    });
    if !moved || !operations.iter().any(retypes) {
        return entry.clone();
    }
    let definition = view.definition.trim().trim_end_matches(';');
    let kept = match entry.kind.as_str() {
        // The text of the query comes last.
        "view" | "materialized view" => {
            entry.text.rfind(definition).map_or("", |at| &entry.text[..at])
        }
        // These are followed by what was set or said.
        "rule" => entry.text.rsplit_once(';').map_or("", |(_, rest)| rest),
        "index" | "statistics" => entry.text.rsplit_once(')').map_or("", |(_, rest)| rest),
        _ => return entry.clone(),
    };
    CatalogEntry { text: kept.to_owned(), ..entry.clone() }
}

fn retypes(operation: &Operation) -> bool {
    match operation {
        Operation::AlterColumn { from, to, .. } => rewritten(from, to),
        Operation::AlterEnum { .. } => true,
        _ => false,
    }
}

/// Whether a view is dropped and made again as it was.
fn makes_room(view: &View, all: &[Operation]) -> bool {
    let same = |other: &View| other.name == view.name && other.is_same(view);
    all.iter().any(|o| matches!(o, Operation::CreateView { view } if same(view)))
        && all.iter().any(|o| matches!(o, Operation::DropView { view } if same(view)))
}

/// Whether a view that makes room comes back with other indexes.
fn changes_indexes(view: &View, all: &[Operation]) -> bool {
    all.iter().any(|operation| match operation {
        Operation::CreateView { view: other } | Operation::DropView { view: other } => {
            other.name == view.name && other.indexes != view.indexes
        }
        _ => false,
    })
}

/// Whether the server writes anew what mentions the column.
fn rewritten(from: &Column, to: &Column) -> bool {
    from.sql_type.native != to.sql_type.native
        || from.collation != to.collation
        || from.generated != to.generated
}

struct Entry<'a>(&'a CatalogEntry);

impl Entry<'_> {
    /// The object itself.
    fn is(&self, kind: &str, name: &QualifiedName) -> bool {
        self.0.kind == kind && self.0.name == name.to_string()
    }

    /// An object of a table.
    fn of(&self, kind: &str, table: &QualifiedName, name: &str) -> bool {
        self.0.kind == kind && self.0.name == name && self.on(table)
    }

    /// Any object of this kind of a table.
    fn of_kind(&self, kind: &str, table: &QualifiedName) -> bool {
        self.0.kind == kind && self.on(table)
    }

    fn on(&self, table: &QualifiedName) -> bool {
        self.0.table.as_deref() == Some(table.to_string().as_str())
    }

    /// The object or anything of it.
    fn all_of(&self, name: &QualifiedName) -> bool {
        let is_relation = self.0.kind == "table" || VIEWS.contains(&self.0.kind.as_str());
        self.on(name) || is_relation && self.0.name == name.to_string()
    }

    /// A definition: of a composite type its attributes, too.
    fn defines(&self, definition: &Definition) -> bool {
        let name = &definition.name;
        match definition.kind() {
            DefinitionKind::Domain | DefinitionKind::Range => self.is("type", name),
            DefinitionKind::Composite => self.is("composite type", name) || self.on(name),
            DefinitionKind::Sequence => self.is("sequence", name),
        }
    }

    /// A column, whether it may be NULL, and the sequence that it owns with its grants.
    fn column(&self, table: &QualifiedName, column: &Column) -> bool {
        let owned = format!("OWNED BY {}", column.name);
        self.of("column", table, &column.name)
            || self.of("not null", table, &column.name)
            || ["sequence", "grants"].contains(&self.0.kind.as_str())
                && self.on(table)
                && self.0.text.contains(&owned)
    }

    /// A constraint, and the index behind it.
    fn constraint(&self, table: &QualifiedName, name: Option<&str>) -> bool {
        let Some(name) = name else { return false };
        self.of("constraint", table, name) || self.of("index", table, name)
    }

    /// A constraint, an index or a computed column that mentions the column; its text changes with
    /// the type.
    fn stands_on(&self, table: &QualifiedName, from: &Column, to: &Column) -> bool {
        let computed = self.0.kind == "column" && self.0.text.contains("GENERATED ");
        (computed || ["constraint", "index", "statistics"].contains(&self.0.kind.as_str()))
            && self.on(table)
            && (self.0.text.contains(&from.name) || self.0.text.contains(&to.name))
    }
}
