//! What a backend can do, as a table of answers.

use crate::model::Identity;

/// What a backend can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "it is a table of yes and no")]
pub struct Capabilities {
    /// Named schemas (`audit.event`).
    pub schemas: bool,
    /// Enumerated types of their own.
    pub enum_types: bool,
    /// Comments on tables and columns.
    pub comments: bool,
    /// DDL rolls back with its transaction.
    pub transactional_ddl: bool,
    /// A foreign key can be added to a table that is there. Otherwise it stands in CREATE TABLE
    /// only, and may name a table that is not there yet.
    pub add_foreign_key: bool,
    /// The columns of a foreign key need an index; the server makes one where there is none.
    pub foreign_keys_need_index: bool,
    /// A text without a stated length can be no key.
    pub keys_need_length: bool,
    /// What cannot be altered in place is done by building the table anew.
    pub rebuilds: bool,
    /// Constraints without a name keep having none.
    pub unnamed_constraints: bool,
    /// Names of columns are compared without regard to case.
    pub case_insensitive_names: bool,
    /// Names of tables are.
    pub case_insensitive_tables: bool,
    /// The columns of a primary key are NOT NULL, whatever is said of them.
    pub keys_are_not_null: bool,
    /// The database assigns values to a column only where it is the sole primary key.
    pub identity_needs_sole_key: bool,
    /// How a new sole integer key is assigned where the models say nothing.
    pub usual_identity: Identity,
    /// An index can be built while others write to its table.
    pub concurrent_indexes: bool,
    /// The longest name, in bytes; longer ones are refused rather than cut.
    pub max_identifier_bytes: Option<usize>,
}
