//! The server's answers, joined into a [`Schema`].

use std::collections::BTreeMap;

use super::definition;
use super::index_text::{self, IndexText};
use super::queries::{Attribute, Constraint, IndexRow, Namespace, OtherRow, Relation};
use crate::backend::DatabaseError;
use crate::backend::postgres::lexer::{Token, tokens};
use crate::backend::postgres::normalize::{implied_name, without_parentheses};
use crate::backend::postgres::types;
use crate::model::{
    CheckConstraint, Column, ConstraintOptions, Deferrable, Definition, Dependency, EnumType,
    ExclusionConstraint, ForeignKey, Generated, GeneratedStorage, Identity, Index, IndexKey,
    IndexPart, OtherObject, PrimaryKey, QualifiedName, ReferentialAction, Schema, Server, SqlType,
    Table, UniqueConstraint, View,
};

/// What the server said.
pub(super) struct Answers {
    pub(super) namespaces: Vec<Namespace>,
    pub(super) relations: Vec<Relation>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) indexes: Vec<IndexRow>,
    pub(super) others: Vec<OtherRow>,
}

/// Names by object identifier, and what is built under them.
struct Assembly {
    /// Schemas; the default one has no name.
    namespaces: BTreeMap<u32, Option<String>>,
    /// Relations of any kind, our history tables left out.
    relations: BTreeMap<u32, QualifiedName>,
    /// Types of the schemas.
    types: BTreeMap<u32, QualifiedName>,
    schema: Schema,
}

pub(super) fn schema(answers: Answers) -> Result<Schema, DatabaseError> {
    let default = answers.namespaces.iter().find(|n| n.is_default);
    let server = Server {
        default_schema: default.map(|n| n.name.clone()),
        version: answers.namespaces.first().map(|n| n.version),
    };
    let namespaces = answers.namespaces.into_iter();
    let mut assembly = Assembly {
        namespaces: namespaces.map(|n| (n.oid, (!n.is_default).then_some(n.name))).collect(),
        relations: BTreeMap::new(),
        types: BTreeMap::new(),
        schema: Schema { server, ..Schema::default() },
    };
    let (enums, others): (Vec<_>, Vec<_>) =
        answers.others.into_iter().partition(|row| row.topic == "enum");
    let (definitions, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|row| row.topic == "definition");
    let (dependencies, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|row| row.topic == "dependency");
    let (extras, others): (Vec<_>, Vec<_>) =
        others.into_iter().partition(|row| row.topic == "extras");
    assembly.definition_extras(extras);
    assembly.enums(enums);
    assembly.definitions(definitions);
    assembly.relations(answers.relations);
    for attribute in answers.attributes {
        assembly.attribute(attribute);
    }
    for constraint in answers.constraints {
        assembly.constraint(constraint)?;
    }
    for index in answers.indexes {
        assembly.index(index)?;
    }
    assembly.others(others);
    assembly.dependencies(dependencies);
    Ok(assembly.finish())
}

/// Diesel's history and glowplug's: no part of any model.
fn is_history(name: &str) -> bool {
    name == "__diesel_schema_migrations" || name.starts_with("__glowplug")
}

impl Assembly {
    fn name(&self, namespace: u32, name: String) -> QualifiedName {
        QualifiedName { schema: self.namespaces.get(&namespace).cloned().flatten(), name }
    }

    fn table(&mut self, relation: u32) -> Option<&mut Table> {
        let name = self.relations.get(&relation)?;
        self.schema.tables.get_mut(name)
    }

    fn other(
        &mut self,
        kind: &str,
        name: QualifiedName,
        table: Option<QualifiedName>,
        sql: Option<String>,
    ) {
        self.schema.others.push(OtherObject { kind: kind.to_owned(), name, table, sql });
    }

    fn enums(&mut self, rows: Vec<OtherRow>) {
        for row in rows {
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            self.types.extend(row.oid.map(|oid| (oid, name.clone())));
            self.schema.enums.insert(name.clone(), EnumType { name, values: row.labels });
        }
    }

    fn definitions(&mut self, rows: Vec<OtherRow>) {
        for row in rows.into_iter().filter(|row| !is_history(&row.name)) {
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            if row.kind != "sequence" {
                self.types.extend(row.oid.map(|oid| (oid, name.clone())));
            }
            let body = definition::body(&row.kind, row.labels);
            self.schema.definitions.push(Definition { name, body, comment: row.sql });
        }
        self.schema.definitions.sort_by(|a, b| (&a.name, a.kind()).cmp(&(&b.name, b.kind())));
    }

    fn definition_extras(&mut self, rows: Vec<OtherRow>) {
        for row in rows.into_iter().filter(|row| !row.labels.is_empty()) {
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            self.schema.definition_extras.insert((name, row.kind == "type"), row.labels);
        }
    }

    fn relations(&mut self, rows: Vec<Relation>) {
        let rows: Vec<Relation> = rows.into_iter().filter(|r| !is_history(&r.name)).collect();
        for row in &rows {
            let name = self.name(row.namespace, row.name.clone());
            self.relations.insert(row.oid, name);
        }
        for row in rows {
            self.relation(row);
        }
    }

    fn relation(&mut self, row: Relation) {
        let name = self.name(row.namespace, row.name);
        if let Ok(rows) = u64::try_from(row.rows) {
            self.schema.row_estimates.insert(name.clone(), rows);
        }
        if !row.extras.is_empty() && !row.is_partition {
            self.schema.relation_extras.insert(name.clone(), row.extras);
        }
        let parent = row.parent.and_then(|oid| self.relations.get(&oid).cloned());
        match (row.kind.as_str(), row.is_partition) {
            (_, true) => self.other("partition", name, parent, row.definition),
            ("r" | "p", false) => {
                if row.kind == "p" {
                    self.other("partitioning", name.clone(), Some(name.clone()), row.definition);
                }
                if let Some(parent) = parent {
                    self.other("inheritance", name.clone(), Some(name.clone()), None);
                    self.other("inheritance", name.clone(), Some(parent), None);
                }
                let mut table = Table::new(name);
                table.comment = row.comment;
                table.options.unlogged = row.unlogged;
                table.options.with = row.parameters;
                table.described = true;
                self.schema.insert_table(table);
            }
            ("v" | "m", false) => {
                self.view(name, row.definition.unwrap_or_default(), row.kind == "m");
            }
            ("f", false) => self.other("foreign table", name, parent, None),
            // A sequence is a definition, or a column's identity, or its serial.
            (_, false) => {}
        }
    }

    fn view(&mut self, name: QualifiedName, stored: String, materialized: bool) {
        let definition = stored.trim().trim_end_matches(';').to_owned();
        let view = View {
            materialized,
            described: true,
            stored: Some(stored),
            ..View::new(name.clone(), definition)
        };
        self.schema.views.insert(name, view);
    }

    fn attribute(&mut self, row: Attribute) {
        let native = self.native(&row);
        if let (Some(table), false) = (self.relations.get(&row.relation), row.extras.is_empty()) {
            let column = (table.clone(), row.name.clone());
            self.schema.column_extras.insert(column, row.extras.clone());
        }
        let Some(table) = self.table(row.relation) else { return };
        let mut column = Column::new(row.name, SqlType::native(native));
        column.nullable = !row.not_null;
        let implied = implied_name(&table.name.name, Some(&column.name), "not_null");
        column.options.not_null = row.not_null_name.filter(|name| *name != implied);
        column.collation = row.collation;
        column.comment = row.comment;
        column.storage = row.storage;
        column.compression = row.compression;
        column.identity = match row.identity.as_str() {
            "a" => Identity::Always,
            "d" => Identity::ByDefault,
            _ if row.serial => Identity::Serial,
            _ => Identity::Unstated,
        };
        let expression = row.default.map(|e| without_parentheses(&e).to_owned());
        match row.generated.as_str() {
            "" if row.serial => {}
            "" => column.default = expression,
            storage => {
                column.generated = expression.map(|expression| Generated {
                    expression,
                    storage: match storage {
                        "v" => GeneratedStorage::Virtual,
                        _ => GeneratedStorage::Stored,
                    },
                });
            }
        }
        table.columns.push(column);
    }

    /// The type as `format_type` spells it, an enum by the name that it has in the schema.
    fn native(&self, row: &Attribute) -> String {
        match self.types.get(&row.element) {
            Some(name) if row.native.ends_with("[]") => format!("{}[]", types::enum_spelling(name)),
            Some(name) => types::enum_spelling(name),
            None => types::normalize_type(&row.native),
        }
    }

    fn constraint(&mut self, row: Constraint) -> Result<(), DatabaseError> {
        let Some(name) = self.relations.get(&row.relation).cloned() else { return Ok(()) };
        let plain = is_plain(&row);
        let foreign_key = if row.kind == "f" { Some(self.foreign_key(&row)?) } else { None };
        let options = options(&row);
        self.extras(&name, &row.name, row.extras.clone());
        let Some(table) = self.schema.tables.get_mut(&name) else { return Ok(()) };
        let constraint = Some(row.name.clone());
        match (row.kind.as_str(), plain) {
            ("p", _) => {
                let columns = row.columns;
                table.primary_key = Some(PrimaryKey { name: constraint, columns, options });
                if plain {
                    return Ok(());
                }
            }
            ("u", true) => {
                let columns = row.columns;
                table.uniques.push(UniqueConstraint { name: constraint, columns, options });
                return Ok(());
            }
            ("c", true) => {
                let expression = row.expression.as_deref().unwrap_or_default();
                let expression = without_parentheses(expression).to_owned();
                table.checks.push(CheckConstraint { name: constraint, expression, options });
                return Ok(());
            }
            ("x", true) => {
                let definition = exclusion_definition(&row.definition);
                let deferrable = options.deferrable;
                table.exclusions.push(ExclusionConstraint {
                    name: constraint,
                    definition,
                    deferrable,
                });
                return Ok(());
            }
            ("f", true) => {
                table.foreign_keys.extend(foreign_key);
                return Ok(());
            }
            _ => {}
        }
        // What the model cannot say in full is kept as it is.
        let kind = match row.kind.as_str() {
            "p" => "primary key with options",
            "u" => "unique constraint with options",
            "c" => "check with options",
            "f" => "foreign key with options",
            _ => "exclusion constraint",
        };
        self.other(kind, name.sibling(row.name), Some(name.clone()), Some(row.definition));
        Ok(())
    }

    fn foreign_key(&self, row: &Constraint) -> Result<ForeignKey, DatabaseError> {
        let action = |code: &str| match code {
            "a" => Ok(ReferentialAction::NoAction),
            "r" => Ok(ReferentialAction::Restrict),
            "c" => Ok(ReferentialAction::Cascade),
            "n" => Ok(ReferentialAction::SetNull),
            "d" => Ok(ReferentialAction::SetDefault),
            other => Err(DatabaseError::Unreadable {
                object: format!("foreign key `{}`", row.name),
                reason: format!("its action `{other}` is none of a, r, c, n, d"),
            }),
        };
        let missing = || DatabaseError::Unreadable {
            object: format!("foreign key `{}`", row.name),
            reason: "the table that it refers to is gone".to_owned(),
        };
        let namespace = row.foreign_namespace.ok_or_else(missing)?;
        let schema = match self.namespaces.get(&namespace) {
            Some(known) => known.clone(),
            None => row.foreign_schema.clone(),
        };
        let name = row.foreign_table.clone().ok_or_else(missing)?;
        Ok(ForeignKey {
            options: ConstraintOptions { deferrable: Deferrable::default(), ..options(row) },
            name: Some(row.name.clone()),
            columns: row.columns.clone(),
            foreign_table: QualifiedName { schema, name },
            foreign_columns: row.foreign_columns.clone(),
            on_delete: action(&row.on_delete)?,
            on_update: action(&row.on_update)?,
            deferrable: deferrable(row),
        })
    }

    fn index(&mut self, row: IndexRow) -> Result<(), DatabaseError> {
        let Some(name) = self.relations.get(&row.relation).cloned() else { return Ok(()) };
        let keys = usize::try_from(row.key_count).unwrap_or_default().min(row.columns.len());
        let text = match &row.definition {
            None => IndexText::plain(keys),
            Some(text) => {
                index_text::read(text, &row.keys).ok_or_else(|| DatabaseError::Unreadable {
                    object: format!("index `{}`", row.name),
                    reason: format!("its text is not understood: {text}"),
                })?
            }
        };
        self.extras(&name, &row.name, row.extras);
        if text.beyond_model || !row.is_valid {
            let kind = if row.is_valid { "index with options" } else { "invalid index" };
            // With a view that makes room it goes and comes, as all that the view has.
            if self.schema.views.contains_key(&name) {
                let own = self.schema.part_extras.remove(&(name.clone(), row.name.clone()));
                let again = row.definition.iter().map(|text| format!("{text};"));
                let again: Vec<_> = again.chain(own.into_iter().flatten()).collect();
                self.schema.relation_extras.entry(name.clone()).or_default().splice(0..0, again);
            }
            self.other(kind, name.sibling(row.name), Some(name.clone()), row.definition);
            return Ok(());
        }
        let (columns, include) = row.columns.split_at(keys);
        let mut expressions = row.keys.iter();
        let parts = columns.iter().zip(text.keys).map(|(column, options)| {
            let expression = expressions.next();
            let key = match column.as_str() {
                "" => IndexKey::Expression(
                    expression.map_or("", |key| without_parentheses(key)).to_owned(),
                ),
                column => IndexKey::Column(column.to_owned()),
            };
            IndexPart {
                key,
                order: options.order,
                nulls: options.nulls,
                collation: options.collation,
                operator_class: options.operator_class,
                length: None,
            }
        });
        let index = Index {
            options: ConstraintOptions {
                nulls_not_distinct: row.nulls_not_distinct,
                with: row.parameters,
                ..ConstraintOptions::default()
            },
            name: Some(row.name),
            unique: row.is_unique,
            parts: parts.collect(),
            predicate: row.predicate.map(|p| without_parentheses(&p).to_owned()),
            method: Some(row.method).filter(|m| m != "btree"),
            include: include.to_vec(),
            stored: None,
        };
        if let Some(view) = self.schema.views.get_mut(&name) {
            view.indexes.push(index);
        } else if let Some(table) = self.table(row.relation) {
            table.indexes.push(index);
        }
        Ok(())
    }

    fn extras(&mut self, table: &QualifiedName, part: &str, extras: Vec<String>) {
        if !extras.is_empty() {
            let part = (table.clone(), part.to_owned());
            self.schema.part_extras.entry(part).or_default().extend(extras);
        }
    }

    fn others(&mut self, rows: Vec<OtherRow>) {
        for row in rows {
            let table = row.relation.and_then(|oid| self.relations.get(&oid).cloned());
            if row.relation.is_some() && table.is_none() {
                continue;
            }
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            self.other(&row.kind, name, table, row.sql);
        }
    }

    /// Objects of schemas that were not read are named in full.
    fn dependencies(&mut self, rows: Vec<OtherRow>) {
        for row in rows {
            let Some(on) = row.relation else { continue };
            let Some(on) = self.relations.get(&on).or_else(|| self.types.get(&on)) else {
                continue;
            };
            let known = row.oid.and_then(|oid| self.relations.get(&oid)).cloned();
            self.schema.dependencies.push(Dependency {
                kind: row.kind,
                name: known.unwrap_or_else(|| QualifiedName::new(row.name)),
                on: on.clone(),
                column: row.sql,
            });
        }
        self.schema.dependencies.sort();
    }

    fn finish(mut self) -> Schema {
        for table in self.schema.tables.values_mut() {
            unassigned(table);
        }
        self.schema
            .others
            .sort_by(|a, b| (&a.kind, &a.table, &a.name).cmp(&(&b.kind, &b.table, &b.name)));
        self.schema
    }
}

/// A sole integer key that no sequence fills is assigned by the application.
fn unassigned(table: &mut Table) {
    let Some(key) = table.sole_key().map(str::to_owned) else { return };
    let key = table.columns.iter_mut().find(|c| c.name == key);
    if let Some(column) = key
        && column.identity == Identity::Unstated
        && column.generated.is_none()
        && column.sql_type.native.as_deref().is_some_and(is_integer)
    {
        column.identity = Identity::Unassigned;
    }
}

fn deferrable(row: &Constraint) -> Deferrable {
    match (row.deferrable, row.deferred) {
        (false, _) => Deferrable::NotDeferrable,
        (true, false) => Deferrable::InitiallyImmediate,
        (true, true) => Deferrable::InitiallyDeferred,
    }
}

fn options(row: &Constraint) -> ConstraintOptions {
    ConstraintOptions {
        nulls_not_distinct: row.nulls_not_distinct,
        include: if row.kind == "x" { Vec::new() } else { row.include.clone() },
        deferrable: deferrable(row),
        match_full: row.match_full,
        set_columns: row.set_columns.clone(),
        no_inherit: row.no_inherit,
        not_valid: !row.validated,
        ..ConstraintOptions::default()
    }
}

/// `USING gist (room WITH =) WHERE …`: the text without `EXCLUDE` and without when it is checked.
fn exclusion_definition(definition: &str) -> String {
    let tokens = tokens(definition);
    let start = tokens.get(1).map_or(definition.len(), |token| token.start);
    let mut depth = 0_usize;
    let mut end = definition.len();
    for token in &tokens {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth == 0 && token.is_word("deferrable") => end = token.start,
            _ => {}
        }
    }
    definition[start..end].trim_end().to_owned()
}

/// Whether the model can say all that the server says of the constraint: nothing of PostgreSQL 18's
/// `WITHOUT OVERLAPS`, `PERIOD` and `NOT ENFORCED`, no storage parameters, no tablespace.
fn is_plain(row: &Constraint) -> bool {
    let tokens = tokens(&row.definition);
    let outer = outside_parentheses(&tokens);
    let says = |word: &str| outer.iter().any(|token| token.is_word(word));
    let inside = |word: &str| tokens.iter().any(|token| token.is_word(word));
    let overlaps =
        tokens.windows(2).any(|pair| pair[0].is_word("without") && pair[1].is_word("overlaps"));
    match row.kind.as_str() {
        "p" | "u" | "x" => {
            !overlaps && !says("using") && !says("with") || row.kind == "x" && !says("with")
        }
        "f" => !inside("period") && !says("enforced"),
        "c" => !says("enforced"),
        _ => false,
    }
}

/// The tokens outside of parentheses, and the outermost parentheses themselves.
fn outside_parentheses<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut depth = 0_usize;
    let mut outer = Vec::new();
    for token in tokens {
        if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            outer.push(*token);
        }
        if token.is_symbol("(") {
            depth += 1;
        }
    }
    outer
}

/// Whether a sequence can assign values of this type.
fn is_integer(native: &str) -> bool {
    ["smallint", "integer", "bigint"].contains(&native)
}
