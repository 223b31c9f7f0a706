//! SQL that the backends share: clauses of CREATE TABLE and CREATE INDEX.

use super::Backend;
use super::ident::{quote, quote_list, quote_name};
use crate::diff::Operation;
use crate::model::{
    CheckConstraint, ConstraintOptions, Deferrable, Definition, DefinitionBody,
    ExclusionConstraint, ForeignKey, GeneratedStorage, Index, IndexKey, IndexPart, NullsOrder,
    PrimaryKey, QualifiedName, ReferentialAction, SortOrder, Table, UniqueConstraint,
};

/// `CONSTRAINT "name" `, or nothing for a constraint without a name.
pub(crate) fn constraint_name(backend: Backend, name: Option<&str>) -> String {
    name.map(|name| format!("CONSTRAINT {} ", quote(backend, name))).unwrap_or_default()
}

/// `CONSTRAINT "name" PRIMARY KEY ("a", "b")`.
pub(crate) fn primary_key(backend: Backend, key: &PrimaryKey) -> String {
    let name = constraint_name(backend, key.name.as_deref());
    let tail = key_options(backend, &key.options);
    format!("{name}PRIMARY KEY ({}){tail}", quote_list(backend, &key.columns))
}

/// `CONSTRAINT "name" UNIQUE ("a", "b")`.
pub(crate) fn unique(backend: Backend, unique: &UniqueConstraint) -> String {
    let name = constraint_name(backend, unique.name.as_deref());
    let nulls = if unique.options.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let tail = key_options(backend, &unique.options);
    format!("{name}UNIQUE{nulls} ({}){tail}", quote_list(backend, &unique.columns))
}

/// What stands behind the columns of a key.
fn key_options(backend: Backend, options: &ConstraintOptions) -> String {
    let include = match options.include.as_slice() {
        [] => String::new(),
        columns => format!(" INCLUDE ({})", quote_list(backend, columns)),
    };
    include + deferrable(options.deferrable)
}

/// `CONSTRAINT "name" EXCLUDE …`.
pub(crate) fn exclusion(backend: Backend, exclusion: &ExclusionConstraint) -> String {
    let name = constraint_name(backend, exclusion.name.as_deref());
    format!("{name}EXCLUDE {}{}", exclusion.definition, deferrable(exclusion.deferrable))
}

fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::NotDeferrable => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}

/// `CONSTRAINT "name" CHECK (…)`.
pub(crate) fn check(backend: Backend, check: &CheckConstraint) -> String {
    let name = constraint_name(backend, check.name.as_deref());
    let inherit = if check.options.no_inherit { " NO INHERIT" } else { "" };
    let valid = if check.options.not_valid { " NOT VALID" } else { "" };
    format!("{name}CHECK ({}){inherit}{valid}", check.expression)
}

/// `CONSTRAINT "name" FOREIGN KEY ("a") REFERENCES "t" ("b") ON DELETE CASCADE`.
pub(crate) fn foreign_key(backend: Backend, key: &ForeignKey) -> String {
    format!(
        "{}FOREIGN KEY ({}) {}",
        constraint_name(backend, key.name.as_deref()),
        quote_list(backend, &key.columns),
        references(backend, key)
    )
}

/// `REFERENCES "t" ("b") ON DELETE CASCADE`: the end of a foreign key, or a column's own.
pub(crate) fn references(backend: Backend, key: &ForeignKey) -> String {
    let mut sql = format!(
        "REFERENCES {} ({})",
        quote_name(backend, &key.foreign_table),
        quote_list(backend, &key.foreign_columns)
    );
    if key.options.match_full {
        sql.push_str(" MATCH FULL");
    }
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if action != ReferentialAction::NoAction {
            sql.push_str(&format!(" ON {event} {}", action.sql()));
        }
        if event == "DELETE" && !key.options.set_columns.is_empty() {
            sql.push_str(&format!(" ({})", quote_list(backend, &key.options.set_columns)));
        }
    }
    sql.push_str(deferrable(key.deferrable));
    if key.options.not_valid {
        sql.push_str(" NOT VALID");
    }
    sql
}

/// `GENERATED ALWAYS AS (…) STORED`.
pub(crate) fn generated(expression: &str, storage: GeneratedStorage) -> String {
    let word = match storage {
        GeneratedStorage::Stored => "STORED",
        GeneratedStorage::Virtual => "VIRTUAL",
    };
    format!("GENERATED ALWAYS AS ({expression}) {word}")
}

/// Whether the text ends in a comment, which would take in what comes after it. Two dashes before a
/// quote are part of a name or a text.
pub(crate) fn ends_in_comment(sql: &str) -> bool {
    let last = sql.rsplit('\n').next().unwrap_or(sql);
    last.rsplit_once("--").is_some_and(|(_, rest)| !rest.contains(['"', '\'', '`', ']']))
}

/// `CREATE UNIQUE INDEX "name" ON "t" ("a" DESC) WHERE …;`
pub(crate) fn create_index(backend: Backend, table: &QualifiedName, index: &Index) -> String {
    let name = index.name.as_deref().expect("an index is named before it is rendered");
    let parts: Vec<_> = index.parts.iter().map(|part| index_part(backend, part)).collect();
    let mut sql = format!(
        "CREATE {}INDEX {} ON {} ",
        if index.unique { "UNIQUE " } else { "" },
        quote(backend, name),
        quote_name(backend, table),
    );
    if let Some(method) = &index.method {
        sql.push_str(&format!("USING {} ", quote(backend, method)));
    }
    sql.push_str(&format!("({})", parts.join(", ")));
    if !index.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", quote_list(backend, &index.include)));
    }
    if index.options.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    if !index.options.with.is_empty() {
        sql.push_str(&format!(" WITH ({})", index.options.with.join(", ")));
    }
    if let Some(predicate) = &index.predicate {
        let end = if ends_in_comment(predicate) { "\n" } else { "" };
        sql.push_str(&format!(" WHERE {predicate}{end}"));
    }
    sql.push(';');
    sql
}

/// A collation by its name. One that stands in a schema of its own (PostgreSQL) is quoted already.
pub(crate) fn collation(backend: Backend, name: &str) -> String {
    if name.starts_with('"') { name.to_owned() } else { quote(backend, name) }
}

fn index_part(backend: Backend, part: &IndexPart) -> String {
    let mut sql = match &part.key {
        IndexKey::Column(name) => quote(backend, name),
        IndexKey::Expression(expression) => format!("({expression})"),
    };
    if let Some(length) = part.length {
        sql.push_str(&format!("({length})"));
    }
    if let Some(collation) = &part.collation {
        sql.push_str(&format!(" COLLATE {}", self::collation(backend, collation)));
    }
    if let Some(class) = &part.operator_class {
        sql.push_str(&format!(" {class}"));
    }
    if part.order == SortOrder::Descending {
        sql.push_str(" DESC");
    }
    match part.nulls {
        Some(NullsOrder::First) => sql.push_str(" NULLS FIRST"),
        Some(NullsOrder::Last) => sql.push_str(" NULLS LAST"),
        None => {}
    }
    sql
}

/// The body of a CREATE TABLE: one element a line, four spaces in.
pub(crate) fn table_body(elements: &[String]) -> String {
    format!("(\n    {}\n)", elements.join(",\n    "))
}

/// The names that an operation brings into being.
pub(crate) fn new_names(operation: &Operation) -> Vec<&str> {
    match operation {
        Operation::CreateTable { table } => table_names(table),
        Operation::RenameTable { to, .. } => qualified(to),
        Operation::AddColumn { column, .. } => vec![&column.name],
        Operation::RenameColumn { to, .. } | Operation::RenamePart { to, .. } => vec![to],
        Operation::AlterPrimaryKey { to, .. } => {
            to.iter().filter_map(|key| key.name.as_deref()).collect()
        }
        Operation::AddUnique { unique, .. } => unique.name.as_deref().into_iter().collect(),
        Operation::AddCheck { check, .. } => check.name.as_deref().into_iter().collect(),
        Operation::AddExclusion { exclusion, .. } => {
            exclusion.name.as_deref().into_iter().collect()
        }
        Operation::AddForeignKey { foreign_key, .. } => {
            foreign_key.name.as_deref().into_iter().collect()
        }
        Operation::CreateIndex { index, .. } => index.name.as_deref().into_iter().collect(),
        Operation::CreateView { view } => {
            let mut names = qualified(&view.name);
            names.extend(view.indexes.iter().filter_map(|index| index.name.as_deref()));
            names
        }
        Operation::CreateEnum { enum_type } | Operation::AlterEnum { to: enum_type, .. } => {
            let mut names = qualified(&enum_type.name);
            names.extend(enum_type.values.iter().map(String::as_str));
            names
        }
        Operation::CreateDefinition { definition }
        | Operation::AlterDefinition { to: definition, .. } => definition_names(definition),
        Operation::DropTable { .. }
        | Operation::AlterTable { .. }
        | Operation::DropColumn { .. }
        | Operation::AlterColumn { .. }
        | Operation::DropUnique { .. }
        | Operation::DropCheck { .. }
        | Operation::DropExclusion { .. }
        | Operation::DropForeignKey { .. }
        | Operation::DropIndex { .. }
        | Operation::DropView { .. }
        | Operation::DropEnum { .. }
        | Operation::DropDefinition { .. }
        | Operation::CreateObject { .. }
        | Operation::DropObject { .. }
        | Operation::RebuildTable { .. } => Vec::new(),
    }
}

fn qualified(name: &QualifiedName) -> Vec<&str> {
    name.schema.iter().map(String::as_str).chain([name.name.as_str()]).collect()
}

fn definition_names(definition: &Definition) -> Vec<&str> {
    let mut names = qualified(&definition.name);
    match &definition.body {
        DefinitionBody::Domain(domain) => {
            names.extend(domain.checks.iter().filter_map(|check| check.name.as_deref()));
        }
        DefinitionBody::Composite { attributes } => {
            names.extend(attributes.iter().map(|(name, _)| name.as_str()));
        }
        DefinitionBody::Range { .. } | DefinitionBody::Sequence { .. } => {}
    }
    names
}

fn table_names(table: &Table) -> Vec<&str> {
    let mut names = qualified(&table.name);
    names.extend(table.columns.iter().map(|column| column.name.as_str()));
    names.extend(table.primary_key.iter().filter_map(|key| key.name.as_deref()));
    names.extend(table.uniques.iter().filter_map(|unique| unique.name.as_deref()));
    names.extend(table.checks.iter().filter_map(|check| check.name.as_deref()));
    names.extend(table.exclusions.iter().filter_map(|it| it.name.as_deref()));
    names.extend(table.foreign_keys.iter().filter_map(|key| key.name.as_deref()));
    names.extend(table.indexes.iter().filter_map(|index| index.name.as_deref()));
    names
}
