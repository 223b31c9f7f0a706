//! What a text says that no model can.

use super::{
    ColumnConstraint, ColumnConstraintKind, References, StoredTable, TableConstraintKind,
    read_table,
};

/// The parts of a table's text that `table!` and `ddl!` have no words for, as a user knows them:
/// SQLite reads them, and does nothing about them. A change of the table keeps them; a table that
/// is made from the models is without them.
pub fn unsaid(text: &str) -> Vec<String> {
    let Ok(table) = read_table(text) else { return Vec::new() };
    let mut found = Vec::new();
    for (_, column) in table.columns() {
        let of = format!("of `{}`", column.name);
        for (at, constraint) in column.constraints.iter().enumerate() {
            let later = &column.constraints[at + 1..];
            if overridden(constraint, later) {
                found.push(format!(
                    "`{}` {of}, which a later one overrides",
                    slice(&table, constraint)
                ));
            }
            match &constraint.kind {
                ColumnConstraintKind::Null | ColumnConstraintKind::Deferrable(_)
                    if constraint.name.is_some() || constraint.on_conflict.is_some() =>
                {
                    found.push(format!("`{}` {of}", slice(&table, constraint)));
                }
                ColumnConstraintKind::References(references) => {
                    found.extend(unheeded(&table, references, &of));
                }
                _ => {}
            }
        }
    }
    for (_, constraint) in table.constraints() {
        if let TableConstraintKind::ForeignKey { columns, references } = &constraint.kind {
            let columns: Vec<_> = columns.iter().map(|column| column.name.as_str()).collect();
            let of = format!("of FOREIGN KEY ({})", columns.join(", "));
            found.extend(unheeded(&table, references, &of));
        }
    }
    found
}

/// Of two NOT NULL, DEFAULT, COLLATE or GENERATED of one column the last holds.
fn overridden(constraint: &ColumnConstraint, later: &[ColumnConstraint]) -> bool {
    use ColumnConstraintKind::{Collate, Default, Generated, NotNull};
    let single =
        matches!(constraint.kind, NotNull | Default { .. } | Collate { .. } | Generated { .. });
    let kind = std::mem::discriminant(&constraint.kind);
    single && later.iter().any(|other| std::mem::discriminant(&other.kind) == kind)
}

fn unheeded(table: &StoredTable<'_>, references: &References, of: &str) -> Vec<String> {
    let slices = references.unheeded.iter().map(|range| table.slice(range));
    slices.map(|slice| format!("`{slice}` of REFERENCES {} {of}", references.table)).collect()
}

fn slice<'a>(table: &StoredTable<'a>, constraint: &ColumnConstraint) -> &'a str {
    table.slice(&constraint.range)
}

#[cfg(test)]
mod tests {
    use super::unsaid;

    #[test]
    fn everything_without_a_word_is_found() {
        let text = "CREATE TABLE t (a INTEGER PRIMARY KEY, \
            b TEXT CONSTRAINT maybe NULL ON CONFLICT IGNORE DEFAULT 1 DEFAULT 2, \
            c TEXT REFERENCES u MATCH FULL ON INSERT CASCADE ON DELETE CASCADE, \
            FOREIGN KEY (b) REFERENCES t MATCH PARTIAL)";
        assert_eq!(
            unsaid(text),
            [
                "`CONSTRAINT maybe NULL ON CONFLICT IGNORE` of `b`",
                "`DEFAULT 1` of `b`, which a later one overrides",
                "`MATCH FULL` of REFERENCES u of `c`",
                "`ON INSERT CASCADE` of REFERENCES u of `c`",
                "`MATCH PARTIAL` of REFERENCES t of FOREIGN KEY (b)",
            ]
        );
    }

    #[test]
    fn an_ordinary_table_says_all() {
        let text = "CREATE TABLE t (a INTEGER PRIMARY KEY DESC ON CONFLICT REPLACE, \
            b TEXT CONSTRAINT there NOT NULL ON CONFLICT IGNORE CONSTRAINT empty DEFAULT '' \
            COLLATE NOCASE REFERENCES u ON DELETE CASCADE, CONSTRAINT c CHECK (b <> ''), \
            UNIQUE (b COLLATE RTRIM, a DESC) ON CONFLICT FAIL) STRICT";
        assert_eq!(unsaid(text), [""; 0]);
    }
}
