//! The lines of `ddl!` that would keep what a plan drops.

use crate::model::{
    CheckConstraint, ForeignKey, Index, IndexKey, IndexPart, QualifiedName, ReferentialAction,
    Schema, SortOrder, UniqueConstraint,
};

/// The hint around the line.
fn hint(table: &QualifiedName, line: &str) -> Option<String> {
    Some(format!("to keep it, write `{line}` in the `ddl!` block of `{table}`"))
}

/// `index session_recent (created_at desc, id) where "deleted_at IS NULL";`
pub(super) fn index(schema: &Schema, table: &QualifiedName, index: &Index) -> Option<String> {
    // What `ddl!` says in other words is better left to `glowplug pull`.
    let plain = |part: &IndexPart| {
        part.nulls.is_none()
            && part.collation.is_none()
            && part.operator_class.is_none()
            && part.length.is_none()
    };
    if !index.parts.iter().all(plain) || index.method.is_some() || !index.include.is_empty() {
        return None;
    }
    if !index.options.is_default() {
        return None;
    }
    // A view need not have a `table!`: there a column is SQL.
    let is_view = schema.views.contains_key(table);
    let parts: Option<Vec<_>> = index.parts.iter().map(|it| part(it, is_view)).collect();
    let word = if index.unique { "unique index" } else { "index" };
    let predicate = match &index.predicate {
        Some(sql) => format!(" where {}", string(sql)),
        None => String::new(),
    };
    let line = format!("{word}{} ({}){predicate};", name(index.name.as_ref())?, parts?.join(", "));
    hint(table, &line)
}

fn part(part: &IndexPart, is_view: bool) -> Option<String> {
    let key = match &part.key {
        IndexKey::Column(column) if is_view => string(&word(column)?),
        IndexKey::Column(column) => word(column)?,
        IndexKey::Expression(sql) => string(sql),
    };
    Some(match part.order {
        SortOrder::Ascending => key,
        SortOrder::Descending => format!("{key} desc"),
    })
}

/// `unique (email);`
pub(super) fn unique(table: &QualifiedName, unique: &UniqueConstraint) -> Option<String> {
    let columns = list(&unique.columns).filter(|_| unique.options.is_default())?;
    hint(table, &format!("unique{} ({columns});", name(unique.name.as_ref())?))
}

/// `check status_known "status IN ('a', 'b')";`
pub(super) fn check(table: &QualifiedName, check: &CheckConstraint) -> Option<String> {
    let sql = string(&check.expression);
    let name = name(check.name.as_ref())?;
    if check.options.is_default() { hint(table, &format!("check{name} {sql};")) } else { None }
}

/// `foreign key (org_id) references org (id) on delete cascade;`
pub(super) fn foreign_key(table: &QualifiedName, key: &ForeignKey) -> Option<String> {
    let columns = list(&key.columns).filter(|_| key.options.is_default())?;
    let foreign_columns = list(&key.foreign_columns)?;
    let foreign_table = match &key.foreign_table.schema {
        Some(schema) => format!("{}::{}", word(schema)?, word(&key.foreign_table.name)?),
        None => word(&key.foreign_table.name)?,
    };
    let action = |event: &str, action: ReferentialAction| match action {
        ReferentialAction::NoAction => String::new(),
        ReferentialAction::Restrict
        | ReferentialAction::Cascade
        | ReferentialAction::SetNull
        | ReferentialAction::SetDefault => {
            format!(" on {event} {}", action.sql().to_ascii_lowercase())
        }
    };
    let name = name(key.name.as_ref())?;
    let actions = action("delete", key.on_delete) + &action("update", key.on_update);
    let line = format!(
        "foreign key{name} ({columns}) references {foreign_table} ({foreign_columns}){actions};"
    );
    hint(table, &line)
}

/// `plan: default "'free'";`
pub(super) fn default(table: &QualifiedName, column: &str, sql: &str) -> Option<String> {
    hint(table, &format!("{}: default {};", word(column)?, string(sql)))
}

fn list(columns: &[String]) -> Option<String> {
    let words: Option<Vec<_>> = columns.iter().map(|column| word(column)).collect();
    Some(words?.join(", "))
}

fn name(name: Option<&String>) -> Option<String> {
    match name {
        Some(name) => Some(format!(" {}", word(name)?)),
        None => Some(String::new()),
    }
}

/// A SQL name that is a Rust identifier as it stands.
fn word(name: &str) -> Option<String> {
    let mut chars = name.chars();
    let first = chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_');
    let simple = first && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    simple.then(|| name.to_owned())
}

/// SQL as `ddl!` takes it: in double quotes, or raw where it holds some.
fn string(sql: &str) -> String {
    if !sql.contains(['"', '\\']) {
        return format!("\"{sql}\"");
    }
    let mut hashes = "#".to_owned();
    while sql.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{sql}\"{hashes}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Deferrable;

    #[test]
    fn the_line_is_what_ddl_takes() {
        let table = QualifiedName::new("session");
        let recent = Index {
            options: Default::default(),
            name: Some("session_recent".to_owned()),
            unique: false,
            parts: vec![
                IndexPart { order: SortOrder::Descending, ..IndexPart::column("created_at") },
                IndexPart {
                    key: IndexKey::Expression("lower(\"name\")".to_owned()),
                    ..IndexPart::column("")
                },
            ],
            predicate: Some("deleted_at IS NULL".to_owned()),
            method: None,
            include: Vec::new(),
            stored: None,
        };
        assert_eq!(
            index(&Schema::default(), &table, &recent).as_deref(),
            Some(
                "to keep it, write `index session_recent (created_at desc, r#\"lower(\"name\")\"#) \
                 where \"deleted_at IS NULL\";` in the `ddl!` block of `session`"
            )
        );
        let key = ForeignKey {
            options: Default::default(),
            name: None,
            columns: vec!["org_id".to_owned()],
            foreign_table: QualifiedName::in_schema("audit", "org"),
            foreign_columns: vec!["id".to_owned()],
            on_delete: ReferentialAction::SetNull,
            on_update: ReferentialAction::NoAction,
            deferrable: Deferrable::NotDeferrable,
        };
        assert_eq!(
            foreign_key(&table, &key).as_deref(),
            Some(
                "to keep it, write `foreign key (org_id) references audit::org (id) on delete set \
                 null;` in the `ddl!` block of `session`"
            )
        );
        assert_eq!(default(&table, "Odd name", "1"), None, "no Rust identifier");
    }
}
