//! MySQL and MariaDB: one dialect, whose [`Flavor`] answers where the two differ.

#[cfg_attr(
    not(feature = "mysql"),
    allow(dead_code, reason = "some questions only a live server raises")
)]
mod flavor;
mod lexer;
pub mod normalize;
mod render;
mod spelling;
mod types;

#[cfg(feature = "mysql")]
mod canonical;
#[cfg(feature = "mysql")]
pub mod introspect;

#[cfg(feature = "mysql")]
pub use canonical::canonicalize;
pub use flavor::Flavor;

use super::{Backend, Capabilities, Dialect, Refusal, Script, Statement};
use crate::diff::Operation;
use crate::model::{Column, DieselType, Identity, QualifiedName, Schema, Table};

/// MariaDB 10.6 and MySQL 8.0.19, and later.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mysql {
    /// Which of the two.
    pub flavor: Flavor,
    /// `lower_case_table_names` is not 0: names of tables are compared without regard to case.
    pub folds_tables: bool,
}

/// The dialect of MariaDB, which also speaks where no server is known.
pub static MARIADB: Mysql = Mysql { flavor: Flavor::MariaDb, folds_tables: false };

/// The dialect of MySQL.
pub static MYSQL: Mysql = Mysql { flavor: Flavor::MySql, folds_tables: false };

static FOLDING_MARIADB: Mysql = Mysql { flavor: Flavor::MariaDb, folds_tables: true };
static FOLDING_MYSQL: Mysql = Mysql { flavor: Flavor::MySql, folds_tables: true };

impl Flavor {
    /// Its dialect.
    #[must_use]
    pub fn dialect(self, folds_tables: bool) -> &'static Mysql {
        match (self, folds_tables) {
            (Self::MariaDb, false) => &MARIADB,
            (Self::MariaDb, true) => &FOLDING_MARIADB,
            (Self::MySql, false) => &MYSQL,
            (Self::MySql, true) => &FOLDING_MYSQL,
        }
    }
}

const CAPABILITIES: Capabilities = Capabilities {
    schemas: false,
    enum_types: false,
    comments: true,
    transactional_ddl: false,
    add_foreign_key: true,
    foreign_keys_need_index: true,
    keys_need_length: true,
    rebuilds: false,
    unnamed_constraints: false,
    case_insensitive_names: true,
    case_insensitive_tables: false,
    keys_are_not_null: true,
    identity_needs_sole_key: false,
    usual_identity: Identity::ByDefault,
    concurrent_indexes: false,
    max_identifier_bytes: Some(64),
};

static EXACT: Capabilities = CAPABILITIES;
static FOLDING: Capabilities = Capabilities { case_insensitive_tables: true, ..CAPABILITIES };

impl Mysql {
    /// The complete definition of a column, as CREATE TABLE and MODIFY have it.
    ///
    /// # Errors
    /// When the column has a type that is not understood.
    pub fn column_definition(
        &self,
        table: &QualifiedName,
        column: &Column,
    ) -> Result<String, Refusal> {
        render::column_definition(table, column, self.flavor)
    }
}

/// The labels of an enum or a set, as literals, and whether it is a set.
pub(crate) fn labels(native: &str) -> Option<(Vec<String>, bool)> {
    let spelling = spelling::Spelling::read(native);
    match spelling.name.as_str() {
        "enum" => Some((spelling.arguments, false)),
        "set" => Some((spelling.arguments, true)),
        _ => None,
    }
}

/// The type without what follows it in the definition of a column.
pub(crate) fn bare_type(native: &str) -> String {
    spelling::Spelling::read(native).bare().to_string()
}

impl Dialect for Mysql {
    fn backend(&self) -> Backend {
        Backend::Mysql
    }
    fn capabilities(&self) -> &'static Capabilities {
        if self.folds_tables { &FOLDING } else { &EXACT }
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
    fn has_length(&self, native: &str) -> bool {
        types::has_length(native)
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
    fn folded(&self, models: &Schema) -> Option<Schema> {
        self.folds_tables.then(|| normalize::folded(models))
    }
    fn normalize(&self, schema: &mut Schema) {
        normalize::schema(schema, self.flavor);
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
    fn neutral_value(&self, native: &str, _schema: &Schema) -> Option<String> {
        types::neutral_value(native)
    }
    fn rebuilt_text(&self, _from: &Table, _to: &Table) -> Result<Option<String>, Refusal> {
        Ok(None)
    }
    fn render(
        &self,
        operation: &Operation,
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Refusal> {
        render::render(std::slice::from_ref(operation), from, to, self.flavor)
            .map_err(|mut refusals| refusals.swap_remove(0))
    }
    fn render_all(
        &self,
        operations: &[Operation],
        from: &Schema,
        to: &Schema,
    ) -> Result<Vec<Statement>, Vec<Refusal>> {
        render::render(operations, from, to, self.flavor)
    }
    fn needs_own_transaction(&self, _operations: &[Operation]) -> bool {
        false
    }
    fn script(&self, header: &[String], statements: &[Statement], _own: bool) -> Script {
        render::script(header, statements)
    }
}
