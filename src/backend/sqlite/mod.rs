//! SQLite.
mod catalog_key;
#[cfg(feature = "sqlite")]
pub mod introspect;
mod key;
mod normalize;
mod render;
mod splice;
pub mod stored;
mod traps;

pub use traps::texts_in_double_quotes;
mod types;

use super::{
    Backend, Capabilities, CatalogEntry, Dialect, EngineVersion, Refusal, Script, Statement, Trap,
};
use crate::diff::Operation;
use crate::model::{Column, DieselType, Identity, OtherObject, Schema, Table};

/// The oldest SQLite that migrations can be written for: a rebuild's guards read
/// `pragma_table_xinfo`, and its last RENAME must leave the texts of views and triggers alone
/// (<https://sqlite.org/changes.html>, 3.26.0).
pub const OLDEST: EngineVersion = EngineVersion { major: 3, minor: 26 };

/// SQLite 3.35 and later; older ones where a plan says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sqlite;

static CAPABILITIES: Capabilities = Capabilities {
    schemas: false,
    enum_types: false,
    comments: false,
    transactional_ddl: true,
    add_foreign_key: false,
    foreign_keys_need_index: false,
    keys_need_length: false,
    rebuilds: true,
    unnamed_constraints: true,
    case_insensitive_names: true,
    case_insensitive_tables: true,
    keys_are_not_null: false,
    identity_needs_sole_key: true,
    usual_identity: Identity::Rowid,
    concurrent_indexes: false,
    max_identifier_bytes: None,
};

impl Dialect for Sqlite {
    fn backend(&self) -> Backend {
        Backend::Sqlite
    }
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }
    fn unsaid(&self, table: &Table) -> Vec<String> {
        table.stored.as_deref().map(stored::unsaid).unwrap_or_default()
    }
    fn traps(&self, schema: &Schema) -> Vec<Trap> {
        traps::traps(schema)
    }
    fn is_reserved(&self, name: &str) -> bool {
        normalize::is_reserved(name)
    }
    fn native_type(&self, column: &Column, schema: &Schema) -> Result<String, Refusal> {
        types::native_type(column, schema)
    }
    fn loads(&self, diesel: &DieselType, native: &str) -> bool {
        types::loads(diesel, native)
    }
    fn diesel_type(&self, native: &str, key: bool) -> Option<(DieselType, Option<u32>)> {
        types::diesel_type(native, key)
    }
    fn normalize_type(&self, native: &str) -> String {
        types::normalize_type(native)
    }
    fn normalize_expression(&self, sql: &str) -> String {
        normalize::expression(sql)
    }
    fn last_word(&self, sql: &str) -> usize {
        let tokens = stored::tokens(sql).unwrap_or_default();
        tokens.last().map_or(sql.len(), |token| token.range.end)
    }
    fn mentions(&self, sql: &str, column: &str) -> bool {
        normalize::mentions(sql, column)
    }
    fn normalize(&self, schema: &mut Schema) {
        normalize::schema(schema);
    }
    fn in_place_since(&self, operation: &Operation) -> Option<EngineVersion> {
        render::in_place_since(operation)
    }
    fn alters_in_place(
        &self,
        operation: &Operation,
        table: &Table,
        to: &Schema,
        others: &[Operation],
    ) -> bool {
        render::alters_in_place(operation, table, to, others)
    }
    fn catalog_key(&self, entry: &CatalogEntry) -> String {
        catalog_key::catalog_key(entry)
    }
    fn is_internal(&self, entry: &CatalogEntry) -> bool {
        catalog_key::is_internal(entry)
    }
    fn neutral_value(&self, native: &str, schema: &Schema) -> Option<String> {
        types::neutral_value(native, schema)
    }
    fn rebuilt_text(&self, from: &Table, to: &Table) -> Result<Option<String>, Refusal> {
        splice::rebuilt_text(from, to).map(Some)
    }
    fn render(
        &self,
        operation: &Operation,
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Refusal> {
        render::render(operation, from, to)
    }
    fn writes(&self, object: &OtherObject) -> bool {
        render::writes(object)
    }
    fn needs_own_transaction(&self, operations: &[Operation]) -> bool {
        render::needs_own_transaction(operations)
    }
    fn script(&self, header: &[String], statements: &[Statement], own_transaction: bool) -> Script {
        render::script(header, statements, own_transaction)
    }
}
