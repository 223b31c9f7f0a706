//! Types, sequences that no column owns, objects that are not modelled, and dependencies.

use diesel::QueryableByName;
use diesel::sql_types::{Array, Nullable, Oid, Text};

use super::assemble::{Assembly, is_history};
use super::definition;
use crate::model::{Definition, Dependency, EnumType, QualifiedName};

/// A type, a kind of object that is not modelled, or a dependency.
#[derive(QueryableByName)]
pub(super) struct OtherRow {
    /// What the row is about: `enum`, `definition`, `dependency`, or else the kind of object.
    #[diesel(sql_type = Text)]
    pub(super) topic: String,
    /// The kind of object.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) oid: Option<u32>,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) namespace: Option<u32>,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// The table that it belongs to; of a dependency, what it stands on.
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) relation: Option<u32>,
    /// The server's text; of a dependency, the column.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) sql: Option<String>,
    /// The labels of an enumerated type; names and values of a definition by turns.
    #[diesel(sql_type = Array<Text>)]
    pub(super) labels: Vec<String>,
}

/// `$1`: the namespaces.
pub(super) const OTHERS: &str = include_str!("others.sql");

impl Assembly {
    pub(super) fn enums(&mut self, rows: Vec<OtherRow>) {
        for row in rows {
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            self.types.extend(row.oid.map(|oid| (oid, name.clone())));
            self.schema.enums.insert(name.clone(), EnumType { name, values: row.labels });
        }
    }

    pub(super) fn definitions(&mut self, rows: Vec<OtherRow>) {
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

    pub(super) fn definition_extras(&mut self, rows: Vec<OtherRow>) {
        for row in rows.into_iter().filter(|row| !row.labels.is_empty()) {
            let name = self.name(row.namespace.unwrap_or_default(), row.name);
            self.schema.definition_extras.insert((name, row.kind == "type"), row.labels);
        }
    }

    pub(super) fn others(&mut self, rows: Vec<OtherRow>) {
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
    pub(super) fn dependencies(&mut self, rows: Vec<OtherRow>) {
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
}
