//! Database to `table!`, `joinable!` and `ddl!`.
//!
//! What is printed, parsed again and compared with the database it came from, is no difference.
//! Objects that no model can say are named in a comment at the end.

mod ddl_block;
mod definition;
mod leave_out;
mod literal;
mod names;
mod relations;
mod table_macro;
mod types;
mod writer;

use crate::backend::ident::comment;
use crate::backend::{Dialect, Refusal};
use crate::model::{EnumType, OtherObject, QualifiedName, Schema};

pub use leave_out::leave_out;

use self::leave_out::twice;
use self::literal::{literal, name_or_literal};
use self::names::Names;
use self::types::Types;
use self::writer::Writer;

/// What every part of the text is made from.
struct Pull<'a> {
    schema: &'a Schema,
    dialect: &'a dyn Dialect,
    /// The schema as it would be if nobody had named its constraints: a name that is the same
    /// there need not be written.
    unnamed: Schema,
    names: Names,
    types: Types,
}

/// The text of a `schema.rs` that says what the schema of a database says.
///
/// # Errors
/// Every object that the macros have no words for.
pub fn print(schema: &Schema, dialect: &dyn Dialect) -> Result<String, Vec<Refusal>> {
    let names = Names::of(schema)?;
    let types = Types::of(schema, dialect);
    let pull = Pull { schema, dialect, unnamed: without_names(schema, dialect), names, types };
    pull.refuse_what_has_no_words()?;
    let mut out = Writer::default();
    out.line("// Read from a database by `glowplug pull`. It is yours to edit.");
    types::write_custom(&pull, &mut out);
    write_types(&pull, &mut out);
    write_tables(&pull, &mut out);
    write_views(&pull, &mut out);
    if schema.tables.is_empty() && schema.views.is_empty() {
        out.blank();
        out.line("// No table and no view, and that is meant:");
        out.line("glowplug::ddl! {}");
    }
    relations::write(&pull, &mut out);
    write_others(&pull, &mut out);
    write_traps(&pull, &mut out);
    Ok(out.finish())
}

/// The `ddl!` blocks alone, for `table!`s that stand elsewhere under the names that Diesel CLI's
/// `print-schema` gives. `imports` are the paths of their modules.
///
/// # Errors
/// As [`print()`].
pub fn print_ddl(
    schema: &Schema,
    dialect: &dyn Dialect,
    imports: &[String],
) -> Result<String, Vec<Refusal>> {
    let names = Names::of_diesel_cli(schema);
    let types = Types::of(schema, dialect);
    let pull = Pull { schema, dialect, unnamed: without_names(schema, dialect), names, types };
    pull.refuse_what_has_no_words()?;
    let mut out = Writer::default();
    out.line("// Read from a database by `glowplug pull --ddl-only`. It is yours to edit.");
    if !imports.is_empty() {
        out.blank();
    }
    for import in imports {
        out.line(&format!("use {import}::*;"));
    }
    write_types(&pull, &mut out);
    for table in schema.tables.values() {
        out.blank();
        ddl_block::write(&pull, table, &mut out);
    }
    write_views(&pull, &mut out);
    write_others(&pull, &mut out);
    write_traps(&pull, &mut out);
    Ok(out.finish())
}

/// The same schema with all names of constraints and indexes left to the backend.
fn without_names(schema: &Schema, dialect: &dyn Dialect) -> Schema {
    let mut unnamed = schema.clone();
    for table in unnamed.tables.values_mut() {
        table.primary_key.iter_mut().for_each(|key| key.name = None);
        table.uniques.iter_mut().for_each(|unique| unique.name = None);
        table.checks.iter_mut().for_each(|check| check.name = None);
        table.exclusions.iter_mut().for_each(|exclusion| exclusion.name = None);
        table.foreign_keys.iter_mut().for_each(|key| key.name = None);
        table.indexes.iter_mut().for_each(|index| index.name = None);
    }
    let indexes = unnamed.views.values_mut().flat_map(|view| &mut view.indexes);
    indexes.for_each(|index| index.name = None);
    dialect.normalize(&mut unnamed);
    unnamed
}

impl Pull<'_> {
    fn refuse_what_has_no_words(&self) -> Result<(), Vec<Refusal>> {
        let tables = self.schema.tables.values();
        let refusals: Vec<_> = tables.flat_map(|table| twice(table, self.dialect)).collect();
        if refusals.is_empty() { Ok(()) } else { Err(refusals) }
    }
}

/// The tables of the default schema, then those of each other schema in a module of its name. All
/// `ddl!`s stand outside of the modules, where every table has one path.
fn write_tables(pull: &Pull<'_>, out: &mut Writer) {
    let tables: Vec<_> = pull.schema.tables.values().collect();
    // Tables are in the order of their schemas, the default one first.
    for tables in tables.chunk_by(|a, b| a.name.schema == b.name.schema) {
        let Some(schema) = &tables[0].name.schema else {
            for table in tables {
                out.blank();
                table_macro::write(pull, table, out);
                out.blank();
                ddl_block::write(pull, table, out);
            }
            continue;
        };
        out.blank();
        out.open(&format!("pub mod {schema} {{"));
        for table in tables {
            out.blank();
            table_macro::write(pull, table, out);
        }
        out.close("}");
        for table in tables {
            out.blank();
            ddl_block::write(pull, table, out);
        }
    }
}

fn write_types(pull: &Pull<'_>, out: &mut Writer) {
    let extensions: Vec<_> =
        pull.schema.others.iter().filter(|other| is_extension(other)).collect();
    let definitions = &pull.schema.definitions;
    if pull.schema.enums.is_empty() && extensions.is_empty() && definitions.is_empty() {
        return;
    }
    out.blank();
    out.open("glowplug::ddl! {");
    for extension in extensions {
        out.line(&format!("extension {};", item_name(&extension.name)));
    }
    for EnumType { name, values } in pull.schema.enums.values() {
        let values: Vec<_> = values.iter().map(|value| literal(value)).collect();
        out.line(&format!("enum {} ({});", item_name(name), values.join(", ")));
    }
    definitions.iter().for_each(|definition| definition::write(definition, out));
    out.close("}");
}

fn write_views(pull: &Pull<'_>, out: &mut Writer) {
    if pull.schema.views.is_empty() {
        return;
    }
    out.blank();
    out.open("glowplug::ddl! {");
    pull.schema.views.values().for_each(|view| ddl_block::write_view(pull, view, out));
    out.close("}");
}

/// The name of an item of `ddl!`: `mood`, `audit.level`, `"My View"`.
fn item_name(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", name_or_literal(schema), name_or_literal(&name.name)),
        None => name_or_literal(&name.name),
    }
}

fn is_extension(other: &OtherObject) -> bool {
    other.kind == "extension"
}

fn write_others(pull: &Pull<'_>, out: &mut Writer) {
    let others: Vec<_> = pull.schema.others.iter().filter(|other| !is_extension(other)).collect();
    let unsaid: Vec<_> = (pull.schema.tables.values())
        .flat_map(|table| {
            let parts = pull.dialect.unsaid(table).into_iter();
            parts.map(|part| format!("{part}, table `{}`", table.name))
        })
        .collect();
    if others.is_empty() && unsaid.is_empty() {
        return;
    }
    out.blank();
    out.line(
        "// The database also has these. No model can say them, and they are kept as they are:",
    );
    for other in others {
        let of = match &other.table {
            Some(table) => format!(" of `{table}`"),
            None => String::new(),
        };
        out.line(&format!("// {}", in_comment(&format!("{} `{}`{of}", other.kind, other.name))));
    }
    for part in unsaid {
        out.line(&format!("// {}", in_comment(&part)));
    }
}

/// What is legal in the database, and seldom what was meant.
fn write_traps(pull: &Pull<'_>, out: &mut Writer) {
    let traps = pull.dialect.traps(pull.schema);
    if traps.is_empty() {
        return;
    }
    out.blank();
    out.line("// Worth a look, since it does not do what it seems to:");
    for trap in traps {
        out.line(&format!("// {}", in_comment(&trap.to_string())));
    }
}

/// A text as a comment of one line. rustc refuses one that changes the direction of what follows.
fn in_comment(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| if turns(c) { c.escape_unicode().to_string() } else { c.to_string() };
    comment(text).chars().map(shown).collect()
}
