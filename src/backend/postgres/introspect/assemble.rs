//! The server's answers, joined into a [`Schema`].

use std::collections::BTreeMap;

use super::columns::{Attribute, unassigned};
use super::constraints::Constraint;
use super::indexes::IndexRow;
use super::others::OtherRow;
use super::queries::Namespace;
use super::relations::Relation;
use crate::backend::DatabaseError;
use crate::model::{OtherObject, QualifiedName, Schema, Server, Table};

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
pub(super) struct Assembly {
    /// Schemas; the default one has no name.
    pub(super) namespaces: BTreeMap<u32, Option<String>>,
    /// Relations of any kind, our history tables left out.
    pub(super) relations: BTreeMap<u32, QualifiedName>,
    /// Types of the schemas.
    pub(super) types: BTreeMap<u32, QualifiedName>,
    pub(super) schema: Schema,
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
pub(super) fn is_history(name: &str) -> bool {
    name == "__diesel_schema_migrations" || name.starts_with("__glowplug")
}

impl Assembly {
    pub(super) fn name(&self, namespace: u32, name: String) -> QualifiedName {
        QualifiedName { schema: self.namespaces.get(&namespace).cloned().flatten(), name }
    }

    pub(super) fn table(&mut self, relation: u32) -> Option<&mut Table> {
        let name = self.relations.get(&relation)?;
        self.schema.tables.get_mut(name)
    }

    pub(super) fn other(
        &mut self,
        kind: &str,
        name: QualifiedName,
        table: Option<QualifiedName>,
        sql: Option<String>,
    ) {
        self.schema.others.push(OtherObject { kind: kind.to_owned(), name, table, sql });
    }

    pub(super) fn extras(&mut self, table: &QualifiedName, part: &str, extras: Vec<String>) {
        if !extras.is_empty() {
            let part = (table.clone(), part.to_owned());
            self.schema.part_extras.entry(part).or_default().extend(extras);
        }
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
