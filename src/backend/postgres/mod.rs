//! PostgreSQL.

#[cfg(feature = "postgres")]
mod canonical;
#[cfg(feature = "postgres")]
pub mod introspect;
mod lexer;
pub mod normalize;
mod parameters;
mod records;
mod render;
mod spelling;
mod types;

#[cfg(feature = "postgres")]
pub use canonical::canonicalize;

use super::{Backend, Capabilities, CatalogEntry, Dialect, Refusal, Script, Statement};
use crate::diff::{Operation, rename_parts};
use crate::model::{Column, DieselType, Identity, Index, QualifiedName, Schema, Table};

/// The type of this name, as SQL.
pub(crate) fn type_spelling(name: &QualifiedName) -> String {
    types::enum_spelling(name)
}

/// PostgreSQL 13 and later.
#[derive(Clone, Copy, Debug, Default)]
pub struct Postgres;

static CAPABILITIES: Capabilities = Capabilities {
    schemas: true,
    enum_types: true,
    comments: true,
    transactional_ddl: true,
    add_foreign_key: true,
    foreign_keys_need_index: false,
    keys_need_length: false,
    rebuilds: false,
    unnamed_constraints: false,
    case_insensitive_names: false,
    case_insensitive_tables: false,
    keys_are_not_null: true,
    identity_needs_sole_key: false,
    usual_identity: Identity::ByDefault,
    concurrent_indexes: true,
    max_identifier_bytes: Some(63),
};

impl Dialect for Postgres {
    fn backend(&self) -> Backend {
        Backend::Postgres
    }
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }
    fn native_type(&self, column: &Column, schema: &Schema) -> Result<String, Refusal> {
        types::native_type(column, schema)
    }
    fn loads(&self, diesel: &DieselType, native: &str) -> bool {
        types::loads(diesel, native)
    }
    fn diesel_type(&self, native: &str, _key: bool) -> Option<(DieselType, Option<u32>)> {
        types::diesel_type(native)
    }
    fn normalize_type(&self, native: &str) -> String {
        types::normalize_type(native)
    }
    fn normalize_expression(&self, sql: &str) -> String {
        normalize::expression(sql)
    }
    fn last_word(&self, sql: &str) -> usize {
        lexer::tokens(sql).last().map_or(sql.len(), lexer::Token::end)
    }
    fn mentions(&self, sql: &str, column: &str) -> bool {
        normalize::mentions(sql, column)
    }
    fn with_types(
        &self,
        models: &Schema,
        database: &Schema,
    ) -> Result<Option<Schema>, Vec<Refusal>> {
        records::with_types(models, database)
    }
    fn normalize(&self, schema: &mut Schema) {
        normalize::schema(schema);
    }
    fn alters_in_place(
        &self,
        _operation: &Operation,
        _table: &Table,
        _to: &Schema,
        _others: &[Operation],
    ) -> bool {
        true
    }
    fn catalog_text<'e>(&self, entry: &'e CatalogEntry) -> &'e str {
        // A whole row of the catalog begins with the number of the object.
        let number = entry.text.strip_prefix('(').and_then(|row| row.split_once(','));
        match number {
            Some((oid, _)) if oid.parse::<u32>().is_ok() => "",
            Some(_) | None => &entry.text,
        }
    }
    fn neutral_value(&self, native: &str, schema: &Schema) -> Option<String> {
        types::neutral_value(native, schema)
    }
    fn rebuilt_text(&self, _from: &Table, _to: &Table) -> Result<Option<String>, Refusal> {
        Ok(None)
    }
    fn moves_views(
        &self,
        operation: &Operation,
        from: &Schema,
        to: &Schema,
    ) -> Vec<(QualifiedName, Option<String>)> {
        render::moves_views(operation, from, to)
    }
    fn normalize_index(&self, index: &mut Index) {
        normalize::index(index);
    }
    fn render(
        &self,
        operation: &Operation,
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Refusal> {
        render::render(operation, from, to)
    }
    fn with_renamed_parts(&self, operations: Vec<Operation>, from: &Schema) -> Vec<Operation> {
        rename_parts(operations, from)
    }
    fn irreversible(&self, refusals: &[Refusal]) -> Option<Statement> {
        Some(render::irreversible(refusals))
    }
    fn keeps_apart(&self, from: &Column, to: &Column) -> bool {
        let native = |column: &Column| column.sql_type.native.clone().unwrap_or_default();
        types::keeps_apart(&native(from), &native(to))
    }
    fn concurrently(&self, operation: &Operation, from: &Schema) -> Option<[Statement; 2]> {
        render::concurrently(operation, from)
    }
    fn needs_own_transaction(&self, _operations: &[Operation]) -> bool {
        false
    }
    fn script(&self, header: &[String], statements: &[Statement], own_transaction: bool) -> Script {
        render::script(header, statements, own_transaction)
    }
}
