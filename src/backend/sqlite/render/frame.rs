//! The text of a migration, and the frame around one that rebuilds a table.
//!
//! `PRAGMA foreign_keys` does nothing inside a transaction, and with foreign keys on the DROP TABLE
//! of a rebuild deletes the rows of the children. So such a migration runs outside the runner's
//! transaction and brings its own: first the guards, which leave everything as it was when they
//! fail, then the swap with foreign keys off. The frame is plain SQL and holds under any runner.

use super::rebuild::GUARD;
use crate::backend::ident::comment;
use crate::backend::{Script, Statement};
use crate::diff::Operation;
use crate::model::Table;

/// The first line of a migration with the frame; `apply` knows it by this line.
pub(crate) const REBUILD_MARK: &str = "-- glowplug: rebuild";

/// A rebuild does, and a drop of a table that another one to be dropped still refers to: with
/// foreign keys on, either would touch the rows of the other tables.
pub(in crate::backend::sqlite) fn needs_own_transaction(operations: &[Operation]) -> bool {
    let dropped: Vec<&Table> = operations
        .iter()
        .filter_map(|operation| match operation {
            Operation::DropTable { table } => Some(table),
            _ => None,
        })
        .collect();
    let referred = |(at, table): (usize, &&Table)| {
        let refers =
            |other: &&Table| other.foreign_keys.iter().any(|key| key.foreign_table == table.name);
        dropped[at..].iter().any(refers)
    };
    operations.iter().any(|operation| matches!(operation, Operation::RebuildTable { .. }))
        || dropped.iter().enumerate().any(referred)
}

/// The text of up.sql or down.sql.
pub(in crate::backend::sqlite) fn script(
    header: &[String],
    statements: &[Statement],
    own_transaction: bool,
) -> Script {
    let mut blocks = Vec::new();
    let mut head: Vec<String> = header.iter().map(|line| format!("-- {}", comment(line))).collect();
    if own_transaction {
        head.insert(0, REBUILD_MARK.to_owned());
    }
    if !head.is_empty() {
        blocks.push(head.join("\n"));
    }
    if own_transaction {
        framed(statements, &mut blocks);
    } else {
        blocks.extend(statements.iter().map(block));
    }
    Script { sql: format!("{}\n", blocks.join("\n\n")), run_in_transaction: !own_transaction }
}

fn framed(statements: &[Statement], blocks: &mut Vec<String>) {
    let guards: Vec<_> = statements.iter().filter(|s| s.guard).map(block).collect();
    if !guards.is_empty() {
        blocks.push(
            "-- Look first. A failure here leaves rows, schema and settings as they were.\n\
             BEGIN IMMEDIATE;"
                .to_owned(),
        );
        blocks.extend(guards);
        blocks.push("COMMIT;".to_owned());
    }
    blocks.push(format!(
        "-- Foreign keys off, outside the transaction: with them on, DROP TABLE deletes the rows of\n\
         -- the children.\n\
         PRAGMA foreign_keys = OFF;\n\
         BEGIN IMMEDIATE;\n\
         CREATE TEMP TABLE \"__glowplug_guard\" (\n    \
         \"foreign_keys\" INTEGER CONSTRAINT \"foreign keys are still on\" CHECK (\"foreign_keys\" = 0),\n    \
         \"broken_before\" INTEGER,\n    \
         \"lost_rows\" INTEGER CONSTRAINT \"rows were lost in the copy\" CHECK (\"lost_rows\" = 0),\n    \
         \"broken\" INTEGER CONSTRAINT \"foreign keys would be broken\" CHECK (\"broken\" <= 0)\n);\n\
         INSERT OR ROLLBACK INTO {GUARD} (\"foreign_keys\") SELECT \"foreign_keys\" FROM pragma_foreign_keys;\n\
         INSERT INTO {GUARD} (\"broken_before\") SELECT count(*) FROM pragma_foreign_key_check;"
    ));
    blocks.extend(statements.iter().filter(|s| !s.guard).map(block));
    blocks.push(format!(
        "-- No reference may be worse than before.\n\
         INSERT OR ROLLBACK INTO {GUARD} (\"broken\")\n\
         SELECT count(*) - (SELECT \"broken_before\" FROM {GUARD} WHERE \"broken_before\" IS NOT NULL)\n\
         FROM pragma_foreign_key_check;\n\
         DROP TABLE {GUARD};\n\
         COMMIT;\n\
         PRAGMA foreign_keys = ON;"
    ));
}

/// A statement under its reason.
fn block(statement: &Statement) -> String {
    format!("-- {}\n{}", comment(&statement.why), statement.sql)
}
