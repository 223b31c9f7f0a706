//! All changes of one table: one ALTER, and what rows need before and after it.

use super::column::{self, is_constant};
use super::speed::{Speed, of_table};
use super::{BACKEND, Context, listed, normalize, speed, table};
use crate::backend::ident::{literal, quote, quote_list, quote_name};
use crate::backend::{Refusal, Statement, standard};
use crate::diff::{Operation, TableForm};
use crate::model::{Column, GeneratedStorage, PrimaryKey, QualifiedName, Table};

/// The table of an operation that is part of one ALTER with others.
pub(super) fn table_of(operation: &Operation) -> Option<&QualifiedName> {
    match operation {
        Operation::AlterTable { table, .. }
        | Operation::AddColumn { table, .. }
        | Operation::DropColumn { table, .. }
        | Operation::AlterColumn { table, .. }
        | Operation::AlterPrimaryKey { table, .. }
        | Operation::AddUnique { table, .. }
        | Operation::DropUnique { table, .. }
        | Operation::AddCheck { table, .. }
        | Operation::DropCheck { table, .. }
        | Operation::CreateIndex { table, .. }
        | Operation::DropIndex { table, .. } => Some(table),
        Operation::CreateTable { .. }
        | Operation::DropTable { .. }
        | Operation::RenameTable { .. }
        | Operation::RenameColumn { .. }
        | Operation::RenamePart { .. }
        | Operation::AddForeignKey { .. }
        | Operation::DropForeignKey { .. }
        | Operation::AddExclusion { .. }
        | Operation::DropExclusion { .. }
        | Operation::CreateView { .. }
        | Operation::DropView { .. }
        | Operation::CreateEnum { .. }
        | Operation::DropEnum { .. }
        | Operation::AlterEnum { .. }
        | Operation::CreateDefinition { .. }
        | Operation::DropDefinition { .. }
        | Operation::AlterDefinition { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RebuildTable { .. } => None,
    }
}

/// The statements of one table.
struct Alter<'a> {
    name: &'a QualifiedName,
    context: Context<'a>,
    /// What would stand in the way of the rows that are made fit goes first.
    first: Vec<String>,
    /// Rows are made fit.
    before: Vec<Statement>,
    /// What is done, in words, and in SQL.
    why: Vec<String>,
    actions: Vec<String>,
    speed: Speed,
    /// Rows are filled.
    between: Vec<Statement>,
    /// What has to wait for the rows.
    after: Vec<String>,
    after_speed: Speed,
}

pub(super) fn alter(
    name: &QualifiedName,
    operations: &[&Operation],
    context: Context<'_>,
) -> Result<Vec<Statement>, Refusal> {
    let mut alter = Alter {
        name,
        context,
        first: Vec::new(),
        before: Vec::new(),
        why: Vec::new(),
        actions: Vec::new(),
        speed: of_table(context.from.tables.get(name)),
        between: Vec::new(),
        after: Vec::new(),
        after_speed: of_table(context.from.tables.get(name)),
    };
    let filled: Vec<&str> = operations.iter().filter_map(|operation| filled(operation)).collect();
    for operation in operations {
        if let Some(action) = limit_on(operation, &filled) {
            alter.first.push(action);
            continue;
        }
        match table::use_of_index(operation, operations, context.flavor) {
            table::Use::Same => alter.operation(operation)?,
            table::Use::Done => {}
            table::Use::Changes(action) => {
                alter.speed = Speed::Unknown;
                alter.act(format!("The use of an index of `{name}`."), action);
            }
        }
    }
    Ok(alter.statements())
}

/// The column whose NULLs are filled.
fn filled(operation: &Operation) -> Option<&str> {
    match operation {
        Operation::AlterColumn { from, to, fill: Some(_), .. } if from.nullable && !to.nullable => {
            Some(&to.name)
        }
        _ => None,
    }
}

/// The drop of a unique key or a check on a column that is filled.
fn limit_on(operation: &Operation, filled: &[&str]) -> Option<String> {
    let named = |columns: &[String]| columns.iter().any(|c| filled.contains(&c.as_str()));
    let drop = |word: &str, name: &Option<String>| {
        Some(format!("DROP {word} {}", quote(BACKEND, name.as_deref().unwrap_or_default())))
    };
    match operation {
        Operation::DropUnique { unique, .. } if named(&unique.columns) => {
            drop("INDEX", &unique.name)
        }
        Operation::DropCheck { check, .. }
            if filled.iter().any(|c| normalize::mentions(&check.expression, c)) =>
        {
            drop("CONSTRAINT", &check.name)
        }
        _ => None,
    }
}

impl Alter<'_> {
    fn operation(&mut self, operation: &Operation) -> Result<(), Refusal> {
        self.speed = self.speed.min(speed::of(operation, self.context));
        let name = self.name;
        match operation {
            Operation::AlterTable { from, to, .. } => self.form(from, to)?,
            Operation::AddColumn { column, fill, .. } => {
                self.add_column(column, fill.as_deref())?;
            }
            Operation::DropColumn { column, .. } => self.act(
                format!("Drop `{name}.{}`.", column.name),
                format!("DROP COLUMN {}", quote(BACKEND, &column.name)),
            ),
            Operation::AlterColumn { from, to, fill, .. } => {
                self.alter_column(from, to, fill.as_deref())?;
            }
            Operation::AlterPrimaryKey { from, to, .. } => {
                self.primary_key(from.as_ref(), to.as_ref());
            }
            Operation::AddUnique { unique, .. } => self.act(
                format!("No two rows of `{name}` may share {}.", listed(&unique.columns)),
                format!("ADD {}", table::unique(unique)),
            ),
            Operation::DropUnique { unique, .. } => self.drop_index(unique.name.as_deref()),
            Operation::AddCheck { check, .. } => self.act(
                format!("Every row of `{name}` must satisfy this."),
                format!("ADD {}", standard::check(BACKEND, check)),
            ),
            Operation::DropCheck { check, .. } => {
                let check = check.name.as_deref().unwrap_or_default();
                self.act(
                    format!("Drop the check `{check}` of `{name}`."),
                    format!("DROP CONSTRAINT {}", quote(BACKEND, check)),
                );
            }
            Operation::CreateIndex { index, .. } => {
                let stand_in = Table::new(name.clone());
                let table = self.context.to.tables.get(name).unwrap_or(&stand_in);
                let sql = table::index(index, table, self.context)?;
                let index = index.name.as_deref().unwrap_or_default();
                self.act(format!("Index `{index}` of `{name}`."), format!("ADD {sql}"));
            }
            Operation::DropIndex { index, .. } => self.drop_index(index.name.as_deref()),
            Operation::CreateTable { .. }
            | Operation::DropTable { .. }
            | Operation::RenameTable { .. }
            | Operation::RenameColumn { .. }
            | Operation::RenamePart { .. }
            | Operation::AddForeignKey { .. }
            | Operation::DropForeignKey { .. }
            | Operation::AddExclusion { .. }
            | Operation::DropExclusion { .. }
            | Operation::CreateView { .. }
            | Operation::DropView { .. }
            | Operation::CreateEnum { .. }
            | Operation::DropEnum { .. }
            | Operation::AlterEnum { .. }
            | Operation::CreateDefinition { .. }
            | Operation::DropDefinition { .. }
            | Operation::AlterDefinition { .. }
            | Operation::CreateObject { .. }
            | Operation::DropObject { .. }
            | Operation::RebuildTable { .. } => {}
        }
        Ok(())
    }

    fn act(&mut self, why: String, action: String) {
        self.why.push(why);
        self.actions.push(action);
    }

    fn drop_index(&mut self, index: Option<&str>) {
        let index = index.unwrap_or_default();
        self.act(
            format!("Drop the index `{index}` of `{}`.", self.name),
            format!("DROP INDEX {}", quote(BACKEND, index)),
        );
    }

    fn primary_key(&mut self, from: Option<&PrimaryKey>, to: Option<&PrimaryKey>) {
        let name = self.name;
        if from.is_some() {
            self.actions.push("DROP PRIMARY KEY".to_owned());
        }
        match to {
            Some(key) => self.act(
                format!("The primary key of `{name}` is {}.", listed(&key.columns)),
                format!("ADD PRIMARY KEY ({})", quote_list(BACKEND, &key.columns)),
            ),
            None => self.why.push(format!("`{name}` has no primary key any more.")),
        }
    }

    /// A new column. Rows that are there take its default, or `fill`: a constant comes in the
    /// column's own default for a moment, anything else by an UPDATE.
    fn add_column(&mut self, column: &Column, fill: Option<&str>) -> Result<(), Refusal> {
        let why = format!("Add `{}.{}`.", self.name, column.name);
        let fill = fill.filter(|_| column.generated.is_none());
        let add = |definition: String| format!("ADD COLUMN {definition}");
        match fill {
            None => {
                let definition = column::definition(self.name, column, self.context)?;
                self.act(why, add(definition));
            }
            Some(value) if column.default.as_deref() == Some(value) => {
                let definition = column::definition(self.name, column, self.context)?;
                self.act(why, add(definition));
            }
            Some(value) if is_constant(value) => {
                let filled = Column { default: Some(value.to_owned()), ..column.clone() };
                let definition = column::definition(self.name, &filled, self.context)?;
                self.act(
                    format!("{why} The rows that are there receive {value}."),
                    add(definition),
                );
                self.after_column(column)?;
            }
            Some(value) => {
                let bare = Column { nullable: true, default: None, ..column.clone() };
                let definition = column::definition(self.name, &bare, self.context)?;
                self.act(why, add(definition));
                let name = quote(BACKEND, &column.name);
                let why = format!("What the rows that are there receive in `{}`.", column.name);
                let update = self.update(&why, column, &format!("{name} = {value}"), None)?;
                self.between.push(update);
                if bare != *column {
                    self.after_column(column)?;
                }
            }
        }
        Ok(())
    }

    /// The complete definition, once the rows have their values.
    fn after_column(&mut self, column: &Column) -> Result<(), Refusal> {
        let definition = column::definition(self.name, column, self.context)?;
        self.after.push(format!("MODIFY COLUMN {definition}"));
        let native = column.sql_type.native.as_deref().unwrap_or_default();
        let constant =
            column.default.as_deref().is_none_or(is_constant) && !native.starts_with("timestamp");
        let speed = if constant { Speed::InPlace } else { Speed::Unknown };
        self.after_speed = self.after_speed.min(speed);
        Ok(())
    }

    fn alter_column(
        &mut self,
        from: &Column,
        to: &Column,
        fill: Option<&str>,
    ) -> Result<(), Refusal> {
        let is_virtual = |column: &Column| {
            column.generated.as_ref().is_some_and(|g| g.storage == GeneratedStorage::Virtual)
        };
        let why = format!("`{}.{}` changes.", self.name, to.name);
        let name = quote(BACKEND, &to.name);
        // A column that is computed when it is read is made anew (MariaDB: error 1907).
        if is_virtual(from) != is_virtual(to) {
            self.actions.push(format!("DROP COLUMN {name}"));
            let bare = match &from.generated {
                Some(_) if to.generated.is_none() => {
                    Column { nullable: true, default: None, ..to.clone() }
                }
                _ => to.clone(),
            };
            let definition = column::definition(self.name, &bare, self.context)?;
            self.act(why, format!("ADD COLUMN {definition}"));
            if let (Some(generated), None) = (&from.generated, &to.generated) {
                let set = format!("{name} = {}", generated.expression);
                let why = format!("`{}.{}` keeps what it computed.", self.name, to.name);
                let update = self.update(&why, to, &set, None)?;
                self.between.push(update);
                if bare != *to {
                    self.after_column(to)?;
                }
            }
            return Ok(());
        }
        if let Some(value) = fill.filter(|_| from.nullable && !to.nullable) {
            let why = format!("What the rows without a `{}` receive.", to.name);
            let set = format!("{name} = {value}");
            let update = self.update(&why, to, &set, Some(&format!("{name} IS NULL")))?;
            self.before.push(update);
        }
        let definition = column::definition(self.name, to, self.context)?;
        self.act(why, format!("MODIFY COLUMN {definition}"));
        Ok(())
    }

    /// An UPDATE that changes nothing but this column: a column that is set ON UPDATE keeps its
    /// value. A trigger cannot be switched off, so a table that has one is refused.
    fn update(
        &self,
        why: &str,
        column: &Column,
        set: &str,
        condition: Option<&str>,
    ) -> Result<Statement, Refusal> {
        let schema = self.context.from;
        let trigger = schema.others.iter().find(|other| {
            other.kind == "trigger"
                && other.table.as_ref() == Some(self.name)
                && other.sql.as_deref().is_some_and(|sql| sql.contains(" UPDATE ON "))
        });
        if let Some(trigger) = trigger {
            return Err(Refusal::new(
                format!("column `{}.{}`", self.name, column.name),
                format!("filling its rows would fire the trigger `{}`", trigger.name),
            )
            .hint("fill with a constant, or fill the rows in a migration of your own first"));
        }
        let table = schema.tables.get(self.name);
        let touched = table.into_iter().flat_map(|table| &table.columns).filter(|other| {
            let native = other.sql_type.native.as_deref().unwrap_or_default();
            other.name != column.name && native.contains(" on update ")
        });
        let mut sets = vec![set.to_owned()];
        sets.extend(touched.map(|other| {
            let name = quote(BACKEND, &other.name);
            format!("{name} = {name}")
        }));
        let condition = condition.map(|c| format!(" WHERE {c}")).unwrap_or_default();
        let name = quote_name(BACKEND, self.name);
        Ok(Statement::new(why, format!("UPDATE {name} SET {}{condition};", sets.join(", "))))
    }

    /// Engine, collation, comment and the like.
    fn form(&mut self, from: &TableForm, to: &TableForm) -> Result<(), Refusal> {
        if from.options.engine != to.options.engine {
            let engine = to.options.engine.as_deref().unwrap_or("InnoDB");
            self.act(format!("The engine of `{}`.", self.name), format!("ENGINE = {engine}"));
        }
        if from.comment != to.comment {
            let text = literal(BACKEND, to.comment.as_deref().unwrap_or_default());
            self.act(format!("What `{}` is.", self.name), format!("COMMENT = {text}"));
        }
        let (old, new) = (&from.options.others, &to.options.others);
        let mut collation = false;
        for name in old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))) {
            if old.get(name) == new.get(name) {
                continue;
            }
            let text = matches!(name.as_str(), "COLLATE" | "CHARSET");
            collation |= text;
            let why = format!("`{name}` of `{}`.", self.name);
            match new.get(name) {
                Some(value) => self.act(why, table::option(name, value)),
                // Another of the two says it.
                None if text && (new.contains_key("COLLATE") || new.contains_key("CHARSET")) => {}
                None if text => self.act(why, "DEFAULT CHARACTER SET = DEFAULT".to_owned()),
                None => {
                    let usual = if name == "KEY_BLOCK_SIZE" { "0" } else { "DEFAULT" };
                    self.act(why, format!("{name} = {usual}"));
                }
            }
        }
        if collation { self.collated_columns() } else { Ok(()) }
    }

    /// Columns that state no collation have the table's: they take the new one.
    fn collated_columns(&mut self) -> Result<(), Refusal> {
        let tables =
            (self.context.from.tables.get(self.name), self.context.to.tables.get(self.name));
        let (Some(from), Some(to)) = tables else { return Ok(()) };
        for column in &to.columns {
            let Some(old) = from.column(&column.name) else { continue };
            let native = column.sql_type.native.as_deref().unwrap_or_default();
            // One that changes by itself has its own MODIFY, and a computed one no text of its own.
            let changes = Column { sql_type: old.sql_type.clone(), ..column.clone() } != *old
                || old.sql_type.native != column.sql_type.native;
            if super::types::is_text(native) && column.collation.is_none() && !changes {
                let definition = column::definition(self.name, column, self.context)?;
                self.actions.push(format!("MODIFY COLUMN {definition}"));
            }
        }
        Ok(())
    }

    fn statements(self) -> Vec<Statement> {
        let why = format!("What would stand in the way of filling `{}` goes first.", self.name);
        let mut statements: Vec<Statement> =
            statement(self.name, &why, self.first, Speed::Unknown).into_iter().collect();
        statements.extend(self.before);
        // More than fits on a line is told by the statement itself.
        let why = match self.why.as_slice() {
            few if few.len() < 4 => few.join(" "),
            _ => format!("`{}` changes, in one statement for all.", self.name),
        };
        statements.extend(statement(self.name, &why, self.actions, self.speed));
        statements.extend(self.between);
        let why = format!("The columns of `{}` as they stay.", self.name);
        statements.extend(statement(self.name, &why, self.after, self.after_speed));
        statements
    }
}

/// `ALTER TABLE t action, action`, one action a line where there are several.
fn statement(
    table: &QualifiedName,
    why: &str,
    mut actions: Vec<String>,
    speed: Speed,
) -> Option<Statement> {
    if actions.is_empty() {
        return None;
    }
    let several = actions.len() > 1;
    actions.extend(speed.clause().map(str::to_owned));
    let name = quote_name(BACKEND, table);
    let sql = if several {
        format!("ALTER TABLE {name}\n    {};", actions.join(",\n    "))
    } else {
        format!("ALTER TABLE {name} {};", actions.join(", "))
    };
    Some(Statement::new(why, sql))
}
