//! One step of a diff.

use serde::Serialize;

use crate::model::{
    CheckConstraint, Column, Definition, EnumType, ExclusionConstraint, ForeignKey, Index,
    OtherObject, PrimaryKey, QualifiedName, Table, TableOptions, UniqueConstraint, View,
};

/// One change of a schema. Every operation carries what it takes to undo it.
#[expect(missing_docs, reason = "the line above each variant says what its fields hold")]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "operation", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "a diff holds few of them, and not for long")]
pub enum Operation {
    /// `CREATE TABLE`, with its constraints and indexes.
    CreateTable { table: Table },
    /// `DROP TABLE`.
    DropTable { table: Table },
    /// `ALTER TABLE … RENAME TO`.
    RenameTable { from: QualifiedName, to: QualifiedName },
    /// What the table says of its own form (STRICT, comment, …) changes.
    AlterTable { table: QualifiedName, from: TableForm, to: TableForm },
    /// `ADD COLUMN`. `fill` is the SQL expression that rows which are already there receive.
    AddColumn { table: QualifiedName, column: Column, fill: Option<String> },
    /// `DROP COLUMN`.
    DropColumn { table: QualifiedName, column: Column },
    /// `RENAME COLUMN`.
    RenameColumn { table: QualifiedName, from: String, to: String },
    /// Type, nullability, default, … of a column change. Both sides bear the same name.
    /// `fill` replaces NULLs where the column becomes NOT NULL.
    AlterColumn { table: QualifiedName, from: Column, to: Column, fill: Option<String> },
    /// The primary key changes.
    AlterPrimaryKey { table: QualifiedName, from: Option<PrimaryKey>, to: Option<PrimaryKey> },
    /// `ADD UNIQUE`.
    AddUnique { table: QualifiedName, unique: UniqueConstraint },
    /// `DROP CONSTRAINT` of a unique constraint.
    DropUnique { table: QualifiedName, unique: UniqueConstraint },
    /// `ADD CHECK`.
    AddCheck { table: QualifiedName, check: CheckConstraint },
    /// `DROP CONSTRAINT` of a check.
    DropCheck { table: QualifiedName, check: CheckConstraint },
    /// `ADD EXCLUDE`.
    AddExclusion { table: QualifiedName, exclusion: ExclusionConstraint },
    /// `DROP CONSTRAINT` of an exclusion constraint.
    DropExclusion { table: QualifiedName, exclusion: ExclusionConstraint },
    /// `ADD FOREIGN KEY`.
    AddForeignKey { table: QualifiedName, foreign_key: ForeignKey },
    /// `DROP CONSTRAINT` of a foreign key.
    DropForeignKey { table: QualifiedName, foreign_key: ForeignKey },
    /// `CREATE INDEX`.
    CreateIndex { table: QualifiedName, index: Index },
    /// `DROP INDEX`.
    DropIndex { table: QualifiedName, index: Index },
    /// An index, or else a constraint, gets another name: never in a diff itself, only where
    /// [`rename_parts`](super::rename_parts) finds it.
    RenamePart { table: QualifiedName, index: bool, from: String, to: String },
    /// `CREATE VIEW`.
    CreateView { view: View },
    /// `DROP VIEW`.
    DropView { view: View },
    /// `CREATE TYPE … AS ENUM`.
    CreateEnum { enum_type: EnumType },
    /// `DROP TYPE`.
    DropEnum { enum_type: EnumType },
    /// The labels of an enumerated type change.
    AlterEnum { from: EnumType, to: EnumType },
    /// `CREATE DOMAIN`, `CREATE TYPE`, `CREATE SEQUENCE`.
    CreateDefinition { definition: Definition },
    /// `DROP DOMAIN`, `DROP TYPE`, `DROP SEQUENCE`.
    DropDefinition { definition: Definition },
    /// What a definition says changes.
    AlterDefinition { from: Definition, to: Definition },
    /// `CREATE TRIGGER`, `CREATE VIRTUAL TABLE`: an object that is not modelled, in the server's own
    /// words. Only between two databases: models say nothing of it.
    CreateObject { object: OtherObject },
    /// `DROP TRIGGER`, and `DROP TABLE` of a virtual table.
    DropObject { object: OtherObject },
    /// Never in a diff, only in a plan: the table is built anew and its rows are copied, for the
    /// sake of the changes within.
    RebuildTable { from: Table, to: Table, changes: Vec<Operation> },
}

/// What a table says of its own form, apart from what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TableForm {
    /// Its options.
    pub options: TableOptions,
    /// Its comment.
    pub comment: Option<String>,
}

impl TableForm {
    /// The form of a table.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        Self { options: table.options.clone(), comment: table.comment.clone() }
    }
}

impl Operation {
    /// The operation that undoes this one.
    ///
    /// An undone drop restores the shape, not the data; an undone `fill` fills nothing.
    #[must_use]
    pub fn invert(self) -> Self {
        match self {
            Self::CreateTable { table } => Self::DropTable { table },
            Self::DropTable { table } => Self::CreateTable { table },
            Self::RenameTable { from, to } => Self::RenameTable { from: to, to: from },
            Self::AlterTable { table, from, to } => Self::AlterTable { table, from: to, to: from },
            Self::AddColumn { table, column, fill: _ } => Self::DropColumn { table, column },
            Self::DropColumn { table, column } => Self::AddColumn { table, column, fill: None },
            Self::RenameColumn { table, from, to } => {
                Self::RenameColumn { table, from: to, to: from }
            }
            Self::AlterColumn { table, from, to, fill: _ } => {
                Self::AlterColumn { table, from: to, to: from, fill: None }
            }
            Self::AlterPrimaryKey { table, from, to } => {
                Self::AlterPrimaryKey { table, from: to, to: from }
            }
            Self::AddUnique { table, unique } => Self::DropUnique { table, unique },
            Self::DropUnique { table, unique } => Self::AddUnique { table, unique },
            Self::AddCheck { table, check } => Self::DropCheck { table, check },
            Self::DropCheck { table, check } => Self::AddCheck { table, check },
            Self::AddExclusion { table, exclusion } => Self::DropExclusion { table, exclusion },
            Self::DropExclusion { table, exclusion } => Self::AddExclusion { table, exclusion },
            Self::AddForeignKey { table, foreign_key } => {
                Self::DropForeignKey { table, foreign_key }
            }
            Self::DropForeignKey { table, foreign_key } => {
                Self::AddForeignKey { table, foreign_key }
            }
            Self::CreateIndex { table, index } => Self::DropIndex { table, index },
            Self::DropIndex { table, index } => Self::CreateIndex { table, index },
            Self::RenamePart { table, index, from, to } => {
                Self::RenamePart { table, index, from: to, to: from }
            }
            Self::CreateView { view } => Self::DropView { view },
            Self::DropView { view } => Self::CreateView { view },
            Self::CreateEnum { enum_type } => Self::DropEnum { enum_type },
            Self::DropEnum { enum_type } => Self::CreateEnum { enum_type },
            Self::AlterEnum { from, to } => Self::AlterEnum { from: to, to: from },
            Self::CreateDefinition { definition } => Self::DropDefinition { definition },
            Self::DropDefinition { definition } => Self::CreateDefinition { definition },
            Self::AlterDefinition { from, to } => Self::AlterDefinition { from: to, to: from },
            Self::CreateObject { object } => Self::DropObject { object },
            Self::DropObject { object } => Self::CreateObject { object },
            Self::RebuildTable { from, to, changes } => Self::RebuildTable {
                from: to,
                to: from,
                changes: changes.into_iter().rev().map(Self::invert).collect(),
            },
        }
    }

    /// The table that the operation changes, under the name it has when the operation runs.
    #[must_use]
    pub fn table(&self) -> Option<&QualifiedName> {
        match self {
            Self::CreateTable { table } | Self::DropTable { table } => Some(&table.name),
            Self::RenameTable { from, .. } => Some(from),
            Self::RebuildTable { from, .. } => Some(&from.name),
            Self::AlterTable { table, .. }
            | Self::AddColumn { table, .. }
            | Self::DropColumn { table, .. }
            | Self::RenameColumn { table, .. }
            | Self::AlterColumn { table, .. }
            | Self::AlterPrimaryKey { table, .. }
            | Self::AddUnique { table, .. }
            | Self::DropUnique { table, .. }
            | Self::AddCheck { table, .. }
            | Self::DropCheck { table, .. }
            | Self::AddExclusion { table, .. }
            | Self::DropExclusion { table, .. }
            | Self::AddForeignKey { table, .. }
            | Self::DropForeignKey { table, .. }
            | Self::CreateIndex { table, .. }
            | Self::DropIndex { table, .. }
            | Self::RenamePart { table, .. } => Some(table),
            Self::CreateView { .. }
            | Self::DropView { .. }
            | Self::CreateEnum { .. }
            | Self::DropEnum { .. }
            | Self::AlterEnum { .. }
            | Self::CreateDefinition { .. }
            | Self::DropDefinition { .. }
            | Self::AlterDefinition { .. }
            | Self::CreateObject { .. }
            | Self::DropObject { .. } => None,
        }
    }
}
