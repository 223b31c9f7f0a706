//! What a text says that no model can.

use super::{ColumnConstraintKind, KeyPart, StoredTable, TableConstraintKind, read_table};
use crate::model::SortOrder;

/// The parts of a table's text that `table!` and `ddl!` have no words for, as a user knows them.
/// A change of the table keeps them; a table that is made from the models is without them.
pub fn unsaid(text: &str) -> Vec<String> {
    let Ok(table) = read_table(text) else { return Vec::new() };
    let mut found = Vec::new();
    for (_, column) in table.columns() {
        for constraint in &column.constraints {
            let of = format!("of `{}`", column.name);
            let named = match constraint.kind {
                ColumnConstraintKind::NotNull => Some("NOT NULL"),
                ColumnConstraintKind::Null => Some("NULL"),
                ColumnConstraintKind::Default { .. } => Some("DEFAULT"),
                ColumnConstraintKind::Collate { .. } => Some("COLLATE"),
                ColumnConstraintKind::Generated { .. } => Some("GENERATED"),
                ColumnConstraintKind::PrimaryKey { .. }
                | ColumnConstraintKind::Unique
                | ColumnConstraintKind::Check { .. }
                | ColumnConstraintKind::References(_)
                | ColumnConstraintKind::Deferrable(_) => None,
            };
            if let (Some(what), Some(name)) = (named, &constraint.name) {
                found.push(format!("the name `{name}` of {what} {of}"));
            }
            found.extend(conflict(constraint.on_conflict.as_deref(), &of));
        }
    }
    for (_, constraint) in table.constraints() {
        let of = of_constraint(&table, &constraint.kind);
        if let TableConstraintKind::PrimaryKey { columns, .. }
        | TableConstraintKind::Unique { columns } = &constraint.kind
        {
            found.extend(columns.iter().filter_map(|part| key_part(part, &of)));
        }
        found.extend(conflict(constraint.on_conflict.as_deref(), &of));
    }
    found
}

fn conflict(word: Option<&str>, of: &str) -> Option<String> {
    word.map(|word| format!("ON CONFLICT {word} {of}"))
}

fn key_part(part: &KeyPart, of: &str) -> Option<String> {
    let collation = part.collation.as_ref().map(|name| format!(" COLLATE {name}"));
    let order = (part.order == SortOrder::Descending).then_some(" DESC");
    if collation.is_none() && order.is_none() {
        return None;
    }
    let name = part.column.as_deref().unwrap_or_default();
    Some(format!("`{name}`{}{} {of}", collation.unwrap_or_default(), order.unwrap_or_default()))
}

fn of_constraint(table: &StoredTable<'_>, kind: &TableConstraintKind) -> String {
    let list = |parts: &[KeyPart]| {
        let parts: Vec<_> = parts.iter().filter_map(|part| part.column.as_deref()).collect();
        parts.join(", ")
    };
    match kind {
        TableConstraintKind::PrimaryKey { columns, .. } => {
            format!("of PRIMARY KEY ({})", list(columns))
        }
        TableConstraintKind::Unique { columns } => format!("of UNIQUE ({})", list(columns)),
        TableConstraintKind::Check { expr } => format!("of CHECK ({})", table.slice(expr)),
        TableConstraintKind::ForeignKey { columns, .. } => {
            let columns: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
            format!("of FOREIGN KEY ({})", columns.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::unsaid;

    #[test]
    fn everything_without_a_word_is_found() {
        let text = "CREATE TABLE t (a INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE, \
            b TEXT CONSTRAINT b_there NOT NULL ON CONFLICT IGNORE UNIQUE, \
            c TEXT CONSTRAINT c_empty DEFAULT '' CHECK (c <> ''), \
            UNIQUE (b COLLATE NOCASE, c DESC) ON CONFLICT FAIL, \
            CONSTRAINT said UNIQUE (c, a))";
        assert_eq!(
            unsaid(text),
            [
                "ON CONFLICT REPLACE of `a`",
                "the name `b_there` of NOT NULL of `b`",
                "ON CONFLICT IGNORE of `b`",
                "the name `c_empty` of DEFAULT of `c`",
                "`b` COLLATE NOCASE of UNIQUE (b, c)",
                "`c` DESC of UNIQUE (b, c)",
                "ON CONFLICT FAIL of UNIQUE (b, c)",
            ]
        );
    }

    #[test]
    fn an_ordinary_table_says_all() {
        let text = "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL DEFAULT '' \
            COLLATE NOCASE REFERENCES u ON DELETE CASCADE, CONSTRAINT c CHECK (b <> ''), UNIQUE (b)) STRICT";
        assert_eq!(unsaid(text), [""; 0]);
    }
}
