//! A name for the migration, from what it does: `add_plan_to_session`.

use crate::diff::Operation;
use crate::model::QualifiedName;

/// The name that says the most in few words. Deterministic; made safe by `files::slug`.
pub(super) fn suggest(renames: &[Operation], operations: &[Operation]) -> String {
    let mut words: Vec<String> = Vec::new();
    for operation in renames.iter().chain(operations) {
        let name = match operation {
            Operation::DropView { view } | Operation::CreateView { view }
                if is_replaced(&view.name, operations) =>
            {
                format!("change_{}", view.name.name)
            }
            other => describe(other),
        };
        if !words.contains(&name) {
            words.push(name);
        }
    }
    let created: Vec<_> = words.iter().filter(|w| w.starts_with("create_")).cloned().collect();
    match (words.as_slice(), created.as_slice()) {
        ([], _) => "empty".to_owned(),
        ([one], _) => one.clone(),
        ([first, second], _) if first.len() + second.len() < 48 => format!("{first}_and_{second}"),
        // New tables say more than what comes with them.
        (_, [first, ..]) | ([first, ..], []) => format!("{first}_and_more"),
    }
}

/// Whether a view of this name goes and another one comes.
fn is_replaced(name: &QualifiedName, operations: &[Operation]) -> bool {
    let goes = |o: &Operation| matches!(o, Operation::DropView { view } if view.name == *name);
    let comes = |o: &Operation| matches!(o, Operation::CreateView { view } if view.name == *name);
    operations.iter().any(goes) && operations.iter().any(comes)
}

fn describe(operation: &Operation) -> String {
    match operation {
        Operation::CreateTable { table } => format!("create_{}", table.name.name),
        Operation::DropTable { table } => format!("drop_{}", table.name.name),
        Operation::RenameTable { from, to } => format!("rename_{}_to_{}", from.name, to.name),
        Operation::AlterTable { table, .. } => format!("change_{}", table.name),
        Operation::AddColumn { table, column, .. } => {
            format!("add_{}_to_{}", column.name, table.name)
        }
        Operation::DropColumn { table, column } => {
            format!("drop_{}_from_{}", column.name, table.name)
        }
        Operation::RenameColumn { table, from, to } => {
            format!("rename_{from}_to_{to}_in_{}", table.name)
        }
        Operation::AlterColumn { table, to, .. } => format!("change_{}_in_{}", to.name, table.name),
        Operation::AlterPrimaryKey { table, .. } => format!("change_key_of_{}", table.name),
        Operation::AddUnique { table, unique } => {
            format!("add_unique_{}_to_{}", unique.columns.join("_"), table.name)
        }
        Operation::DropUnique { table, unique } => {
            format!("drop_unique_{}_from_{}", unique.columns.join("_"), table.name)
        }
        Operation::AddCheck { table, .. } => format!("add_check_to_{}", table.name),
        Operation::DropCheck { table, .. } => format!("drop_check_from_{}", table.name),
        Operation::AddExclusion { table, .. } => format!("add_exclusion_to_{}", table.name),
        Operation::DropExclusion { table, .. } => format!("drop_exclusion_from_{}", table.name),
        Operation::AddForeignKey { table, foreign_key } => {
            format!("add_{}_reference_to_{}", foreign_key.foreign_table.name, table.name)
        }
        Operation::DropForeignKey { table, foreign_key } => {
            format!("drop_{}_reference_from_{}", foreign_key.foreign_table.name, table.name)
        }
        Operation::CreateIndex { index, .. } => {
            format!("add_{}", index.name.as_deref().unwrap_or("index"))
        }
        Operation::DropIndex { index, .. } => {
            format!("drop_{}", index.name.as_deref().unwrap_or("index"))
        }
        Operation::RenamePart { from, to, .. } => format!("rename_{from}_to_{to}"),
        Operation::CreateView { view } => format!("create_{}", view.name.name),
        Operation::DropView { view } => format!("drop_{}", view.name.name),
        Operation::CreateEnum { enum_type } => format!("create_{}", enum_type.name.name),
        Operation::DropEnum { enum_type } => format!("drop_{}", enum_type.name.name),
        Operation::AlterEnum { to, .. } => format!("change_{}", to.name.name),
        Operation::CreateDefinition { definition } => format!("create_{}", definition.name.name),
        Operation::DropDefinition { definition } => format!("drop_{}", definition.name.name),
        Operation::AlterDefinition { to, .. } => format!("change_{}", to.name.name),
        Operation::CreateObject { object } => format!("create_{}", object.name.name),
        Operation::DropObject { object } => format!("drop_{}", object.name.name),
        Operation::RebuildTable { from, .. } => format!("change_{}", from.name.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::View;

    #[test]
    fn a_view_that_is_replaced_changes() {
        let view = |name: &str, definition: &str| View::new(name, definition);
        let drop = |view| Operation::DropView { view };
        let create = |view| Operation::CreateView { view };
        let replaced = [drop(view("v", "SELECT 1")), create(view("v", "SELECT 2"))];
        assert_eq!(suggest(&[], &replaced), "change_v");
        let both = [drop(view("v", "SELECT 1")), create(view("w", "SELECT 1"))];
        assert_eq!(suggest(&[], &both), "drop_v_and_create_w");
        assert_eq!(suggest(&[], &[]), "empty");
    }
}
