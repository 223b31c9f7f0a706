//! The second reading: SQLite's own grammar, held against the slices.

use bumpalo::Bump;
use fallible_iterator::FallibleIterator;
use sqlite3_parser::ast::{
    Cmd, ColumnConstraint as TreeColumnConstraint, CreateTableBody, Stmt,
    TableConstraint as TreeTableConstraint,
};
use sqlite3_parser::lexer::sql::Parser;

use super::{
    ColumnConstraintKind, StoredError, StoredIndex, StoredTable, TableConstraintKind, unquote,
};

/// Columns with the kinds of their constraints, then the kinds of the table's constraints.
type Outline = Vec<(String, Vec<&'static str>)>;

/// Holds a table's slices against the tree of the same text.
pub(super) fn agrees_with_table(table: &StoredTable<'_>) -> Result<(), StoredError> {
    let bump = Bump::new();
    let Some(Cmd::Stmt(Stmt::CreateTable { body, .. })) = parse(&bump, table.text)? else {
        return Err(StoredError::Grammar { reason: "it is no CREATE TABLE".to_owned() });
    };
    let CreateTableBody::ColumnsAndConstraints { columns, constraints, .. } = body else {
        return Err(StoredError::Grammar { reason: "it has no columns".to_owned() });
    };
    let mut tree: Outline = Vec::new();
    for column in &columns {
        let kinds = column.constraints.iter().map(|c| tree_column_constraint(&c.constraint));
        // A DEFERRABLE right behind its REFERENCES is part of it in the slices.
        tree.push((unquote(column.col_name.0), kinds.filter(|k| *k != "DEFERRABLE").collect()));
    }
    for constraint in constraints.unwrap_or_default() {
        let name = constraint.name.as_ref().map_or_else(String::new, |name| unquote(name.0));
        tree.push((name, vec![tree_table_constraint(&constraint.constraint)]));
    }
    agree(&outline(table), &tree)
}

/// Holds an index's slices against the tree of the same text.
pub(super) fn agrees_with_index(index: &StoredIndex<'_>) -> Result<(), StoredError> {
    let bump = Bump::new();
    let Some(Cmd::Stmt(Stmt::CreateIndex { columns, where_clause, .. })) =
        parse(&bump, index.text)?
    else {
        return Err(StoredError::Grammar { reason: "it is no CREATE INDEX".to_owned() });
    };
    let slices = (index.parts.len(), index.predicate.is_some());
    let tree = (columns.len(), where_clause.is_some());
    let say = |(keys, partial): (usize, bool)| {
        format!("{keys} keys {} a condition", if partial { "with" } else { "without" })
    };
    if slices == tree {
        Ok(())
    } else {
        Err(StoredError::Disagreement { slices: say(slices), tree: say(tree) })
    }
}

fn parse<'a>(bump: &'a Bump, text: &'a str) -> Result<Option<Cmd<'a>>, StoredError> {
    let mut parser = Parser::new(bump, text.as_bytes());
    parser.next().map_err(|error| StoredError::Grammar { reason: error.to_string() })
}

fn agree(slices: &Outline, tree: &Outline) -> Result<(), StoredError> {
    if slices == tree {
        return Ok(());
    }
    let differ = slices.iter().zip(tree).find(|(slice, node)| slice != node);
    let say = |(name, kinds): &(String, Vec<_>)| format!("`{name}` {}", kinds.join(", "));
    let (slices, tree) = match differ {
        Some((slice, node)) => (say(slice), say(node)),
        None => (format!("{} elements", slices.len()), format!("{} elements", tree.len())),
    };
    Err(StoredError::Disagreement { slices, tree })
}

fn outline(table: &StoredTable<'_>) -> Outline {
    let columns = table.columns().map(|(_, column)| {
        let kinds = column.constraints.iter().map(|c| column_constraint(&c.kind));
        (column.name.clone(), kinds.filter(|kind| *kind != "DEFERRABLE").collect())
    });
    let constraints = table.constraints().map(|(_, constraint)| {
        (constraint.name.clone().unwrap_or_default(), vec![table_constraint(&constraint.kind)])
    });
    columns.chain(constraints).collect()
}

fn column_constraint(kind: &ColumnConstraintKind) -> &'static str {
    match kind {
        ColumnConstraintKind::NotNull => "NOT NULL",
        ColumnConstraintKind::Null => "NULL",
        ColumnConstraintKind::PrimaryKey { .. } => "PRIMARY KEY",
        ColumnConstraintKind::Unique => "UNIQUE",
        ColumnConstraintKind::Check { .. } => "CHECK",
        ColumnConstraintKind::Default { .. } => "DEFAULT",
        ColumnConstraintKind::Collate { .. } => "COLLATE",
        ColumnConstraintKind::References(_) => "REFERENCES",
        ColumnConstraintKind::Deferrable(_) => "DEFERRABLE",
        ColumnConstraintKind::Generated { .. } => "GENERATED",
    }
}

fn tree_column_constraint(node: &TreeColumnConstraint<'_>) -> &'static str {
    match node {
        TreeColumnConstraint::NotNull { nullable: false, .. } => "NOT NULL",
        TreeColumnConstraint::NotNull { nullable: true, .. } => "NULL",
        TreeColumnConstraint::PrimaryKey { .. } => "PRIMARY KEY",
        TreeColumnConstraint::Unique(_) => "UNIQUE",
        TreeColumnConstraint::Check(_) => "CHECK",
        TreeColumnConstraint::Default(_) => "DEFAULT",
        TreeColumnConstraint::Collate { .. } => "COLLATE",
        TreeColumnConstraint::ForeignKey { .. } => "REFERENCES",
        TreeColumnConstraint::Defer(_) => "DEFERRABLE",
        TreeColumnConstraint::Generated { .. } => "GENERATED",
    }
}

fn table_constraint(kind: &TableConstraintKind) -> &'static str {
    match kind {
        TableConstraintKind::PrimaryKey { .. } => "PRIMARY KEY",
        TableConstraintKind::Unique { .. } => "UNIQUE",
        TableConstraintKind::Check { .. } => "CHECK",
        TableConstraintKind::ForeignKey { .. } => "FOREIGN KEY",
    }
}

fn tree_table_constraint(node: &TreeTableConstraint<'_>) -> &'static str {
    match node {
        TreeTableConstraint::PrimaryKey { .. } => "PRIMARY KEY",
        TreeTableConstraint::Unique { .. } => "UNIQUE",
        TreeTableConstraint::Check(..) => "CHECK",
        TreeTableConstraint::ForeignKey { .. } => "FOREIGN KEY",
    }
}
