//! What a clause of `ddl!` does to its table.

use proc_macro2::Span;

use super::ddl_clause::{Clause, ClauseKind};
use super::ddl_column::{ColumnAttribute, ColumnClause};
use super::ddl_foreign_key::{self, ForeignKeyClause};
use super::merge_index::{self, parameters};
use super::resolve::{self, Place, Tables};
use super::scan::Scope;
use super::table_macro::{TableDecl, unknown_column};
use super::tokens::{Fault, Parsed, name_of};
use crate::backend::Backend;
use crate::model::{
    CheckConstraint, Column, ConstraintOptions, ExclusionConstraint, ForeignKey, Generated,
    Identity, PrimaryKey, QualifiedName, Table, UniqueConstraint,
};

/// What a foreign key refers to, by SQL names.
pub(super) struct Target {
    table: QualifiedName,
    columns: Vec<String>,
}

impl Target {
    /// The target of a clause, if it is a foreign key.
    pub(super) fn of(
        clause: &Clause,
        tables: &Tables,
        scope: &Scope,
        place: &Place,
    ) -> Parsed<Option<Self>> {
        let ClauseKind::ForeignKey(key) = &clause.kind else { return Ok(None) };
        Ok(Some(match &key.target {
            ddl_foreign_key::Target::Foreign { table, columns } => {
                Self { table: table.clone(), columns: columns.clone() }
            }
            ddl_foreign_key::Target::Model { path, columns } => {
                let decl = &tables.all[tables.resolve(path, scope, place)?].decl;
                Self { table: decl.table.name.clone(), columns: resolve::columns(decl, columns)? }
            }
        }))
    }
}

/// Adds the clause to the table.
pub(super) fn clause(
    decl: &mut TableDecl,
    clause: Clause,
    target: Option<Target>,
    backend: Backend,
) -> Parsed<()> {
    let span = clause.span;
    match clause.kind {
        ClauseKind::Column(clause) => column(decl, clause, backend)?,
        ClauseKind::Unique { name, columns, options } => {
            let options = ConstraintOptions {
                parts: columns.parts(backend),
                ..options.resolve(decl, backend)?
            };
            let unique =
                UniqueConstraint { name, columns: columns.columns(decl, backend)?, options };
            check_new(&decl.table, unique.name.as_deref(), span, backend)?;
            if decl.table.uniques.contains(&unique) {
                return Err(twice("unique constraint", span));
            }
            decl.table.uniques.push(unique);
        }
        ClauseKind::Index(clause) => {
            if let Some(index) = merge_index::of_table(decl, clause, backend)? {
                check_new(&decl.table, index.name.as_deref(), span, backend)?;
                merge_index::check_new(&decl.table.indexes, &index, span)?;
                decl.table.indexes.push(index);
            }
        }
        ClauseKind::Check { name, expression, options } => {
            if let Some(expression) = expression.sql {
                let options = options.resolve(decl, backend)?;
                let check = CheckConstraint { name, expression, options };
                check_new(&decl.table, check.name.as_deref(), span, backend)?;
                if decl.table.checks.contains(&check) {
                    return Err(twice("check", span));
                }
                decl.table.checks.push(check);
            }
        }
        ClauseKind::Exclude { name, definition, options } => {
            let deferrable = options.resolve(decl, backend)?.deferrable;
            if let (Backend::Postgres, Some(definition)) = (backend, definition.sql) {
                let exclusion = ExclusionConstraint { name, definition, deferrable };
                check_new(&decl.table, exclusion.name.as_deref(), span, backend)?;
                if decl.table.exclusions.contains(&exclusion) {
                    return Err(twice("exclusion constraint", span));
                }
                decl.table.exclusions.push(exclusion);
            }
        }
        ClauseKind::ForeignKey(key) => foreign_key(decl, key, target, span, backend)?,
        ClauseKind::PrimaryKey { name, columns, options } => {
            let options = ConstraintOptions {
                parts: columns.parts(backend),
                ..options.resolve(decl, backend)?
            };
            let columns = columns.columns(decl, backend)?;
            primary_key(decl, PrimaryKey { name, columns, options }, span)?;
        }
        ClauseKind::NoPrimaryKey => decl.table.primary_key = None,
        ClauseKind::Strict => decl.table.options.strict = backend == Backend::Sqlite,
        ClauseKind::WithoutRowid => decl.table.options.without_rowid = backend == Backend::Sqlite,
        ClauseKind::Engine(engine) => {
            if backend == Backend::Mysql {
                once(&mut decl.table.options.engine, engine.sql, "engine", span)?;
            }
        }
        ClauseKind::Options(options) => {
            for (name, value) in options {
                if let Some(sql) = value.sql
                    && decl.table.options.others.insert(name.clone(), sql).is_some()
                {
                    return Err(twice(&format!("option `{name}`"), value.span));
                }
            }
        }
        ClauseKind::Unlogged => decl.table.options.unlogged = backend == Backend::Postgres,
        ClauseKind::With(with) => {
            if !decl.table.options.with.is_empty() {
                return Err(twice("list of storage parameters", span));
            }
            if backend == Backend::Postgres {
                decl.table.options.with = parameters(with.sql);
            }
        }
        // A comment of `ddl!` goes before a doc comment.
        ClauseKind::Comment(comment) => {
            decl.table.comment = comment.sql.or(decl.table.comment.take());
        }
    }
    Ok(())
}

pub(super) fn twice(what: &str, span: Span) -> Fault {
    Fault::new(span, format!("the table has this {what} already"))
}

fn once(slot: &mut Option<String>, new: Option<String>, what: &str, span: Span) -> Parsed<()> {
    match (&slot, new) {
        (Some(_), Some(_)) => Err(twice(what, span)),
        (_, None) => Ok(()),
        (None, new) => {
            *slot = new;
            Ok(())
        }
    }
}

/// Two parts of a table cannot share a name.
fn check_new(table: &Table, name: Option<&str>, span: Span, backend: Backend) -> Parsed<()> {
    // To SQLite names of constraints are no more than a remark.
    if backend == Backend::Sqlite {
        return Ok(());
    }
    let Some(name) = name else { return Ok(()) };
    let known = table
        .uniques
        .iter()
        .filter_map(|unique| unique.name.as_deref())
        .chain(table.checks.iter().filter_map(|check| check.name.as_deref()))
        .chain(table.foreign_keys.iter().filter_map(|key| key.name.as_deref()))
        .chain(table.indexes.iter().filter_map(|index| index.name.as_deref()))
        .chain(table.exclusions.iter().filter_map(|exclusion| exclusion.name.as_deref()))
        .any(|other| other == name);
    if known {
        return Err(taken(name, span));
    }
    Ok(())
}

pub(super) fn taken(name: &str, span: Span) -> Fault {
    Fault::new(span, format!("the name `{name}` is taken in this table already"))
}

fn column(decl: &mut TableDecl, clause: ColumnClause, backend: Backend) -> Parsed<()> {
    let name = name_of(&clause.column);
    let Some(at) = decl.columns.iter().position(|column| column.rust_name == name) else {
        return Err(unknown_column(decl, &clause.column));
    };
    let column = &mut decl.columns[at].column;
    for (span, attribute) in clause.attributes {
        set(column, attribute, span, backend)?;
    }
    Ok(())
}

fn set(
    column: &mut Column,
    attribute: ColumnAttribute,
    span: Span,
    backend: Backend,
) -> Parsed<()> {
    let here = |sql: Option<String>| sql.filter(|_| backend == Backend::Postgres);
    let on_sqlite = |name: Option<String>| name.filter(|_| backend == Backend::Sqlite);
    match attribute {
        ColumnAttribute::Identity(identity) => {
            if column.identity != Identity::Unstated {
                return Err(Fault::new(span, "who assigns the column is said already"));
            }
            column.identity = identity;
            Ok(())
        }
        ColumnAttribute::Default(sql, name) => {
            column.options.default = on_sqlite(name.filter(|_| sql.sql.is_some()));
            once(&mut column.default, sql.sql, "default", span)
        }
        ColumnAttribute::Type(sql) => once(&mut column.sql_type.native, sql.sql, "type", span),
        ColumnAttribute::Generated(sql, storage, name) => {
            let Some(expression) = sql.sql else { return Ok(()) };
            if column.generated.is_some() {
                return Err(twice("generated value", span));
            }
            column.generated = Some(Generated { expression, storage });
            column.options.generated = on_sqlite(name);
            Ok(())
        }
        ColumnAttribute::Collate(sql, name) => {
            column.options.collation = on_sqlite(name.filter(|_| sql.sql.is_some()));
            once(&mut column.collation, sql.sql, "collation", span)
        }
        ColumnAttribute::NotNull { name, on_conflict } => {
            if column.nullable {
                let message = format!("`table!` says that `{}` may be NULL", column.name);
                return Err(Fault::new(span, message));
            }
            match backend {
                Backend::Sqlite => {
                    (column.options.not_null, column.options.on_conflict) = (name, on_conflict);
                }
                Backend::Postgres => column.options.not_null = name,
                Backend::Mysql => {}
            }
            Ok(())
        }
        // A comment of `ddl!` goes before a doc comment.
        ColumnAttribute::Comment(sql) => {
            column.comment = sql.sql.or(column.comment.take());
            Ok(())
        }
        ColumnAttribute::Storage(sql) => once(&mut column.storage, here(sql.sql), "storage", span),
        ColumnAttribute::Compression(sql) => {
            once(&mut column.compression, here(sql.sql), "compression", span)
        }
    }
}

fn foreign_key(
    decl: &mut TableDecl,
    clause: ForeignKeyClause,
    target: Option<Target>,
    span: Span,
    backend: Backend,
) -> Parsed<()> {
    let Some(target) = target else { return Ok(()) };
    let set_columns = resolve::columns(decl, &clause.set_columns)?;
    let options = match backend {
        Backend::Postgres => ConstraintOptions {
            match_full: clause.match_full,
            set_columns,
            not_valid: clause.not_valid,
            ..ConstraintOptions::default()
        },
        Backend::Sqlite | Backend::Mysql => ConstraintOptions::default(),
    };
    let key = ForeignKey {
        options,
        name: clause.name,
        columns: resolve::columns(decl, &clause.columns)?,
        foreign_table: target.table,
        foreign_columns: target.columns,
        on_delete: clause.on_delete.unwrap_or_default(),
        on_update: clause.on_update.unwrap_or_default(),
        deferrable: clause.deferrable.unwrap_or_default(),
    };
    check_new(&decl.table, key.name.as_deref(), span, backend)?;
    let same = |other: &ForeignKey| {
        other.columns == key.columns
            && other.foreign_table == key.foreign_table
            && other.foreign_columns == key.foreign_columns
            // SQLite keeps both, and does what each of them says.
            && (backend != Backend::Sqlite || *other == key)
    };
    if decl.table.foreign_keys.iter().any(same) {
        return Err(twice("foreign key", span));
    }
    decl.table.foreign_keys.push(key);
    Ok(())
}

/// `primary key [name] (…)` says what is to be said of the key; its columns are `table!`'s to say.
fn primary_key(decl: &mut TableDecl, said: PrimaryKey, span: Span) -> Parsed<()> {
    match &mut decl.table.primary_key {
        Some(key) if key.name.is_some() || !key.options.is_default() => {
            Err(twice("name of the primary key", span))
        }
        Some(key) if key.columns == said.columns => {
            *key = said;
            Ok(())
        }
        Some(key) => {
            let message =
                format!("`table!` says that the primary key is ({})", key.columns.join(", "));
            Err(Fault::new(span, message).hint("the columns and their order must be the same"))
        }
        None => Err(Fault::new(span, "the table is said to have no primary key")),
    }
}
