//! A name with the default schema is the same as one without.

use std::collections::BTreeMap;

use super::{Definition, DefinitionBody, QualifiedName, Schema};

impl QualifiedName {
    /// The same name, without its schema where that is the default one.
    #[must_use]
    pub fn relative_to(&self, default: &str) -> Self {
        match &self.schema {
            Some(schema) if schema == default => Self::new(self.name.clone()),
            _ => self.clone(),
        }
    }
}

impl Schema {
    /// The same schema, without the schema in the names of what stands in the default one.
    ///
    /// # Errors
    /// With the names that two objects have then: `users` and `public.users` are one.
    pub fn relative_to(&self, default: &str) -> Result<Self, Vec<QualifiedName>> {
        let mut twice = Vec::new();
        let mut relative = self.clone();
        relative.tables = rename(&self.tables, default, &mut twice, |name, table| {
            table.name = name;
            for column in &mut table.columns {
                if let Some(native) = &mut column.sql_type.native {
                    *native = unqualified(native, default);
                }
            }
            for key in &mut table.foreign_keys {
                key.foreign_table = key.foreign_table.relative_to(default);
            }
        });
        relative.views = rename(&self.views, default, &mut twice, |name, view| view.name = name);
        relative.enums = rename(&self.enums, default, &mut twice, |name, it| it.name = name);
        relative.definitions = definitions(&self.definitions, default, &mut twice);
        for joinable in &mut relative.joinables {
            joinable.child = joinable.child.relative_to(default);
            joinable.parent = joinable.parent.relative_to(default);
        }
        for other in &mut relative.others {
            other.name = other.name.relative_to(default);
            other.table = other.table.as_ref().map(|table| table.relative_to(default));
        }
        if twice.is_empty() { Ok(relative) } else { Err(twice) }
    }
}

fn definitions(
    all: &[Definition],
    default: &str,
    twice: &mut Vec<QualifiedName>,
) -> Vec<Definition> {
    let mut relative: Vec<Definition> = Vec::with_capacity(all.len());
    for definition in all {
        let mut definition = definition.clone();
        definition.name = definition.name.relative_to(default);
        match &mut definition.body {
            DefinitionBody::Domain(domain) => domain.native = unqualified(&domain.native, default),
            DefinitionBody::Composite { attributes } => {
                for (_, native) in attributes {
                    *native = unqualified(native, default);
                }
            }
            DefinitionBody::Range { .. } | DefinitionBody::Sequence { .. } => {}
        }
        if relative.iter().any(|other| other.is_same(&definition)) {
            twice.push(definition.name.clone());
        }
        relative.push(definition);
    }
    relative
}

fn rename<T: Clone>(
    objects: &BTreeMap<QualifiedName, T>,
    default: &str,
    twice: &mut Vec<QualifiedName>,
    mut change: impl FnMut(QualifiedName, &mut T),
) -> BTreeMap<QualifiedName, T> {
    let mut renamed = BTreeMap::new();
    for (name, object) in objects {
        let name = name.relative_to(default);
        let mut object = object.clone();
        change(name.clone(), &mut object);
        if renamed.insert(name.clone(), object).is_some() {
            twice.push(name);
        }
    }
    renamed
}

/// `public.mood` as `mood`.
fn unqualified(native: &str, default: &str) -> String {
    let quoted = format!("\"{}\".", default.replace('"', "\"\""));
    let plain = format!("{default}.");
    native
        .strip_prefix(&quoted)
        .or_else(|| native.strip_prefix(&plain))
        .unwrap_or(native)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, SqlType, Table};

    #[test]
    fn the_default_schema_is_no_part_of_a_name() {
        let mut schema = Schema::default();
        let mut table = Table::new(QualifiedName::in_schema("public", "users"));
        table.columns.push(Column::new("mood", SqlType::native("public.mood")));
        schema.insert_table(table.clone());
        schema.insert_table(Table::new(QualifiedName::in_schema("audit", "event")));
        let relative = schema.relative_to("public").unwrap();
        let names: Vec<_> = relative.tables.keys().map(ToString::to_string).collect();
        assert_eq!(names, ["users", "audit.event"]);
        let users = &relative.tables[&QualifiedName::new("users")];
        assert_eq!(users.columns[0].sql_type.native.as_deref(), Some("mood"));

        schema.insert_table(Table::new(QualifiedName::new("users")));
        assert_eq!(schema.relative_to("public"), Err(vec![QualifiedName::new("users")]));
    }
}
