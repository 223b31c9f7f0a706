//! The `ddl!` macro: what `diesel::table!` cannot say.
//!
//! It is made of `macro_rules` so that an application compiles nothing for it but this file:
//! [`ddl!`](crate::ddl) itself stands here, the arms that check its items in `grammar`, and the
//! words that rustc suggests at a typo in `words`.

mod grammar;
#[doc(hidden)]
pub mod words;

/// Says everything about a database that `diesel::table!` cannot: defaults, uniques, indexes,
/// checks, foreign keys, native types, enums, domains, sequences and views.
///
/// The macro leaves `table!` untouched and expands to nothing that runs; the `glowplug` command
/// reads it from the source. But the compiler checks it: every table and column is a path that
/// must exist, so a typo is rustc's own error at the typo, and so is an unknown word or a known
/// word in a wrong shape.
///
/// ```
/// mod schema {
///     diesel::table! {
///         org (id) { id -> Integer, name -> Text }
///     }
///     diesel::table! {
///         session (id) {
///             id -> Integer,
///             org_id -> Integer,
///             created_at -> Timestamp,
///             deleted_at -> Nullable<Timestamp>,
///             status -> Text,
///             email -> Text,
///             price -> Integer,
///             quantity -> Integer,
///             total -> Integer,
///         }
///     }
/// }
///
/// use schema::*;
///
/// glowplug::ddl! {
///     enum mood ("sad", "ok", "happy");
///
///     table session {
///         id: identity;
///         created_at: default { sqlite "CURRENT_TIMESTAMP", postgres "now()" };
///         status: default "'pending'";
///         email: collate { sqlite "NOCASE" }, comment "as typed";
///         total: generated "price * quantity" stored;
///         unique (email);
///         index (status);
///         index session_recent (created_at desc, id) where "deleted_at IS NULL";
///         index ("lower(email)");
///         check status_known "status IN ('pending', 'running', 'completed')";
///         foreign key session_org (org_id) references org (id) on delete cascade;
///         strict;
///     }
///
///     view active_session "SELECT * FROM session WHERE status = 'running'";
/// }
/// ```
///
/// A misspelt column does not compile:
///
/// ```compile_fail,E0425
/// diesel::table! { session (id) { id -> Integer, email -> Text } }
///
/// glowplug::ddl! {
///     table session { unique (emial); }
/// }
/// ```
///
/// # Names and strings
///
/// **Identifiers** are Rust's. A table is a path as in scope (`session`, `audit::event`,
/// `crate::schema::org`), a column is its name in `table!`; the SQL schema and `#[sql_name]` come
/// from `table!`. Names of constraints, indexes, enums and views are identifiers or strings
/// (`index "odd name" (…)`); those of enums and views may have a schema before a dot
/// (`audit.level`). A view that has a `table!` too is written with that table's path.
///
/// **Strings** are SQL with SQL names, in double quotes or raw (`r#"…"#`). Wherever SQL stands, it
/// is one string for all backends or one for each: `{ sqlite "…", postgres "…", mysql "…" }`. A
/// backend that is left out does not have that default, check, index …
///
/// # Items
///
/// | item | what it says |
/// |------|--------------|
/// | `table path { … }` | the table is fully described: what the database has besides is a drop |
/// | `enum name ("a", "b");` | an enumerated type and its values, in order |
/// | `view name "SELECT …";` | a view |
/// | `materialized_view name "SELECT …";` | a view whose rows are stored; it keeps whatever indexes the database has |
/// | `materialized_view name "SELECT …" { [unique] index …; }` | the same, with all its indexes: the clause is that of a table. A key is a column of the `table!` or `view!` that has the view's path, or `"expression"`, of which a column is one; without a `table!` columns behind `include` are names in double quotes |
/// | `extension name;` | PostgreSQL: an extension that the models need |
/// | `domain name "type";`, `domain name { type "…"; not null; default "…"; collate "…"; check [name] "…" [not valid]; comment "…"; … }` | PostgreSQL: a type with rules of its own |
/// | `composite name { attribute "type", … }`, `composite name { … } { comment "…"; }` | PostgreSQL: a type of several parts |
/// | `range name { subtype "type", … }` | PostgreSQL: a range type; besides `subtype_opclass`, `collation`, `canonical`, `subtype_diff`, `multirange_type_name` and `comment` |
/// | `sequence name;`, `sequence name { start "1", … }` | PostgreSQL: a sequence that no column owns; besides `data_type`, `increment`, `minvalue`, `maxvalue`, `cache`, `cycle` and `comment` |
///
/// `#[cfg(…)]` and doc comments may stand before an item. There may be any number of `ddl!`, in any
/// file, and several `table` blocks for one table count as one. A table without a `table` block
/// keeps whatever indexes, defaults and constraints the database has.
///
/// # Clauses of a table
///
/// Every clause ends with `;`. `[…]` may be left out, `|` separates alternatives.
///
/// | clause | what it says |
/// |--------|--------------|
/// | `column: attribute, attribute …;` | attributes of a column, see below |
/// | `unique [name] (column [asc \| desc] [collate "…"], …) [nulls not distinct] [include (column, …)] [deferrable …] [on conflict …];` | a unique constraint; what follows a column, and `on conflict`, is SQLite's; the rest behind the columns is PostgreSQL's |
/// | `[unique] index [name] (key, …) [where "condition"] [using method] [include (column, …)] [with "parameter = value, …"] [nulls not distinct];` | an index; `key` is `column`, `column(length)` or `"expression"`, then `[asc \| desc] [nulls first \| nulls last] [collate "…"] [opclass "…"]` |
/// | `check [name] "condition" [no inherit] [not valid] [on conflict …];` | a check; the options as above |
/// | `exclude [name] "USING method (column WITH operator, …)" [deferrable …];` | PostgreSQL: an exclusion constraint |
/// | `foreign key [name] (column, …) references table (column, …) [on delete action] [on update action] [deferrable [initially deferred \| initially immediate]] [match full] [not valid];` | a foreign key; `action` is `cascade`, `restrict`, `set null`, `set default` or `no action`; on PostgreSQL `set null (column, …)` |
/// | `foreign key … references "schema"."table" ("column", …) …;` | the same, to a table outside the models |
/// | `primary key [name] (column [asc \| desc] [collate "…"], …) [include (column, …)] [deferrable …] [on conflict …];` | the name of the key that `table!` defines, and whatever else is to be said of it |
/// | `no primary key;` | the database's table has no key; `table!` names one because Diesel needs it |
/// | `comment "…";` | the comment of the table |
/// | `strict;` | SQLite: `STRICT` |
/// | `without rowid;` | SQLite: `WITHOUT ROWID` |
/// | `engine "InnoDB";` | MySQL: the engine |
/// | `unlogged;` | PostgreSQL: `UNLOGGED` |
/// | `with "parameter = value, …";` | PostgreSQL: storage parameters; those of the TOAST table as `toast.…` |
/// | `options { name "value", … };` | further options of the table |
///
/// # Attributes of a column
///
/// | attribute | what it says |
/// |-----------|--------------|
/// | `identity` | assigned by the database: `AUTOINCREMENT`, `GENERATED BY DEFAULT AS IDENTITY`, `AUTO_INCREMENT` |
/// | `identity always` | PostgreSQL: `GENERATED ALWAYS AS IDENTITY` |
/// | `serial` | PostgreSQL: a sequence of its own |
/// | `rowid` | SQLite: `INTEGER PRIMARY KEY` without `AUTOINCREMENT` |
/// | `unassigned` | a sole integer key that the application assigns |
/// | `default "expression"` | the default |
/// | `type "numeric(12,2)"` | the native type, where the Diesel type leaves it open |
/// | `generated "expression" stored` | a computed value that is kept in the row |
/// | `generated "expression" virtual` | a computed value that is not |
/// | `collate "NOCASE"` | the collation |
/// | `not null [named name] [on conflict …]` | SQLite, and PostgreSQL from 18 on: the name of NOT NULL, which `table!` says; SQLite: what becomes of a row that breaks it |
/// | `comment "…"` | the comment of the column |
/// | `storage "external"` | PostgreSQL: how long values are kept |
/// | `compression "lz4"` | PostgreSQL: how they are compressed |
///
/// SQLite takes a name for any constraint: `default "1" named quantity_usual`, and so behind
/// `collate "…"` and `generated "…" stored`. What stands behind `on conflict` is `rollback`, `abort`
/// (which is what happens without a word), `fail`, `ignore` or `replace`.
#[macro_export]
macro_rules! ddl {
    ( $(
        $(#[$meta:meta])*
        $kind:ident $name:tt $( :: $segment:ident )* $( . $part:tt )?
        $( $text:literal )*
        $( ( $($paren:tt)* ) )?
        $( { $($brace:tt)* } )*
        $(;)?
    )* ) => { $(
        $crate::__ddl_item! {
            [ $(#[$meta])* ]
            $kind [ $name $( :: $segment )* ] [ $( $part )? ] [ $( $text )* ]
            $( ( $($paren)* ) )?
            $( { $($brace)* } )*
        }
    )* };
}
