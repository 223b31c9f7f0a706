//! The text: that of Diesel CLI before rustfmt, to the byte.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use heck::ToUpperCamelCase as _;

use super::joins::{groups, joinables};
use super::names::rust_name;
use super::table::{Catalog, Column, Table};
use super::types::{ColumnType, is_known};
use super::{Docs, PrintOptions};
use crate::backend::Backend;

pub(super) fn write(catalog: &Catalog, options: &PrintOptions, backend: Backend) -> String {
    let writer =
        Writer { catalog, options, backend, custom: custom_types(catalog, options, backend) };
    let mut out = Lines::default();
    out.line("// @generated automatically by Diesel CLI.");
    out.line("");
    match &options.schema {
        Some(schema) => {
            out.line(&format!("pub mod {} {{", rust_name(schema)));
            out.deeper(|out| writer.all(out));
            out.line("}");
        }
        None => writer.all(&mut out),
    }
    out.text
}

/// Lines, each at its depth; empty ones stay empty.
#[derive(Default)]
struct Lines {
    text: String,
    depth: usize,
}

impl Lines {
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.extend(std::iter::repeat_n("    ", self.depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    fn deeper(&mut self, write: impl FnOnce(&mut Self)) {
        self.depth += 1;
        write(self);
        self.depth -= 1;
    }

    fn docs(&mut self, docs: &str) {
        for line in docs.lines().map(str::trim) {
            self.line(format!("/// {line}").trim_end());
        }
    }
}

/// A type that Diesel does not know: of a column on MySQL, of the whole schema on PostgreSQL.
struct CustomType {
    rust: String,
    table: String,
    column: String,
    ty: ColumnType,
}

/// The custom type of each column, by table and column.
fn custom_types(
    catalog: &Catalog,
    options: &PrintOptions,
    backend: Backend,
) -> Vec<Vec<Option<CustomType>>> {
    let wanted = |ty: &ColumnType| {
        options.generate_missing_types
            && backend != Backend::Sqlite
            && !is_known(backend, &ty.rust)
            && !options.except_custom_types.iter().any(|it| it.is_match(&ty.rust))
    };
    let custom = |table: &Table, column: &Column| {
        wanted(&column.ty).then(|| CustomType {
            rust: match backend {
                // A type belongs to its column there: `enum('a','b')` has no name.
                Backend::Mysql => format!("{} {} {}", table.name.rust, column.rust, column.ty.rust)
                    .to_upper_camel_case(),
                Backend::Sqlite | Backend::Postgres => column.ty.rust.clone(),
            },
            table: table.name.rust.clone(),
            column: column.rust.clone(),
            ty: column.ty.clone(),
        })
    };
    let of_table =
        |table: &Table| table.columns.iter().map(|column| custom(table, column)).collect();
    catalog.tables.iter().map(of_table).collect()
}

struct Writer<'a> {
    catalog: &'a Catalog,
    options: &'a PrintOptions,
    backend: Backend,
    custom: Vec<Vec<Option<CustomType>>>,
}

impl Writer<'_> {
    fn all(&self, out: &mut Lines) {
        self.sql_types(out);
        for (index, table) in self.catalog.tables.iter().enumerate() {
            if index > 0 {
                out.line("");
            }
            self.table(table, &self.custom[index], out);
        }
        let joinables = joinables(self.catalog);
        if !joinables.is_empty() {
            out.line("");
        }
        for key in &joinables {
            out.line(&format!(
                "diesel::joinable!({} -> {} ({}));",
                key.child.rust,
                key.parent.rust,
                key.child.column(&key.columns[0])
            ));
        }
        for (index, group) in
            groups(self.catalog, &joinables, self.options.groups).iter().enumerate()
        {
            if index == 0 {
                out.line("");
            }
            out.line("diesel::allow_tables_to_appear_in_same_query!(");
            let names: String = group.iter().map(|name| format!("{},", name.rust)).collect();
            out.text.extend(std::iter::repeat_n("    ", out.depth + 1));
            // Diesel CLI breaks no line here; rustfmt does.
            let _ = writeln!(out.text, "{names});");
        }
    }

    /// The module of the types that Diesel does not know.
    fn sql_types(&self, out: &mut Lines) {
        let mut types: Vec<_> = self.custom.iter().flatten().flatten().collect();
        if types.is_empty() {
            return;
        }
        types.sort_by(|a, b| a.rust.cmp(&b.rust));
        if self.backend == Backend::Postgres {
            types.dedup_by(|a, b| a.rust == b.rust);
        }
        let docs = self.options.docs == Docs::DatabaseOrGenerated;
        if docs {
            out.docs(
                "A module containing custom SQL type definitions\n\n(Automatically generated by Diesel.)",
            );
        }
        let mut derives = self.options.custom_type_derives.clone();
        let sql_type = "diesel::sql_types::SqlType";
        if !derives.iter().any(|it| it == sql_type) {
            derives.push(sql_type.to_owned());
        }
        out.line("pub mod sql_types {");
        out.deeper(|out| {
            for (index, one) in types.iter().enumerate() {
                if index > 0 {
                    out.line("");
                }
                if docs {
                    out.docs(&self.docs_of_type(one));
                }
                out.line(&format!("#[derive({})]", derives.join(", ")));
                out.line(&format!("#[diesel({})]", self.name_of_type(&one.ty)));
                out.line(&format!("pub struct {};", one.rust));
            }
        });
        out.line("}");
        out.line("");
    }

    fn docs_of_type(&self, one: &CustomType) -> String {
        let shown = |text: &str| text.replace('\n', "\\n");
        let sql = shown(&one.ty.sql);
        let what = match (self.backend, &one.ty.schema) {
            (Backend::Mysql, _) => format!(
                "The `{sql}` SQL type for the\n[`{0}::{1}`](super::{0}::{1})) column",
                one.table, one.column
            ),
            (_, Some(schema)) => format!("The `{}.{sql}` SQL type", shown(schema)),
            (_, None) => format!("The `{sql}` SQL type"),
        };
        format!("{what}\n\n(Automatically generated by Diesel.)")
    }

    fn name_of_type(&self, ty: &ColumnType) -> String {
        match (self.backend, &ty.schema) {
            (Backend::Mysql, _) => {
                let mut letters = ty.sql.chars();
                let first = letters.next().map(|c| c.to_uppercase().to_string());
                format!("mysql_type(name = \"{}{}\")", first.unwrap_or_default(), letters.as_str())
            }
            (_, Some(schema)) => {
                format!("postgres_type(name = {}, schema = {})", literal(&ty.sql), literal(schema))
            }
            (_, None) => format!("postgres_type(name = {})", literal(&ty.sql)),
        }
    }

    fn table(&self, table: &Table, custom: &[Option<CustomType>], out: &mut Lines) {
        out.line("diesel::table! {");
        out.deeper(|out| {
            self.imports(custom, out);
            let full = table.name.full_sql();
            self.docs(out, table.comment.as_deref(), || {
                format!(
                    "Representation of the `{full}` table.\n\n(Automatically generated by Diesel.)"
                )
            });
            if table.name.rust != table.name.sql {
                out.line(&format!("#[sql_name = {}]", literal(&full)));
            }
            let key: Vec<_> = table.primary_key.iter().map(|it| table.name.column(it)).collect();
            out.line(&format!("{} ({}) {{", table.name.in_macro(), key.join(", ")));
            out.deeper(|out| {
                for (column, custom) in table.columns.iter().zip(custom) {
                    self.column(column, custom.as_ref(), &full, out);
                }
            });
            out.line("}");
        });
        out.line("}");
    }

    fn imports(&self, custom: &[Option<CustomType>], out: &mut Lines) {
        let mut imports: Vec<String> = Vec::new();
        imports.extend(self.options.import_types.iter().flatten().cloned());
        let mut seen = BTreeSet::new();
        for one in custom.iter().flatten().filter(|one| seen.insert(&one.rust)) {
            if imports.is_empty() {
                imports.push("diesel::sql_types::*".to_owned());
            }
            imports.push(format!("super::sql_types::{}", one.rust));
        }
        for import in &imports {
            out.line(&format!("use {import};"));
        }
        if !imports.is_empty() {
            out.line("");
        }
    }

    fn column(&self, column: &Column, custom: Option<&CustomType>, table: &str, out: &mut Lines) {
        let ty = match custom {
            Some(custom) => ColumnType { rust: custom.rust.clone(), ..column.ty.clone() },
            None => column.ty.clone(),
        };
        self.docs(out, column.comment.as_deref(), || {
            format!(
                "The `{}` column of the `{table}` table.\n\nIts SQL type is `{ty}`.\n\n(Automatically generated by Diesel.)",
                column.sql
            )
        });
        if column.rust != column.sql {
            out.line(&format!("#[sql_name = {}]", literal(&column.sql)));
        }
        if let Some(length) = column.ty.max_length {
            out.line(&format!("#[max_length = {length}]"));
        }
        out.line(&format!("{} -> {ty},", column.rust));
    }

    fn docs(&self, out: &mut Lines, comment: Option<&str>, generated: impl Fn() -> String) {
        match (self.options.docs, comment) {
            (Docs::None, _) | (Docs::Database, None) => {}
            (Docs::Database | Docs::DatabaseOrGenerated, Some(comment)) => out.docs(comment),
            (Docs::DatabaseOrGenerated, None) => out.docs(&generated()),
        }
    }
}

/// A Rust literal of a name; raw where the name holds a quote, or a backslash that would be an
/// escape.
fn literal(name: &str) -> String {
    if !name.contains(['"', '\\']) {
        return format!("\"{name}\"");
    }
    let hashes = name.matches('#').count() + usize::from(name.contains('"'));
    let hashes: Cow<'_, str> = "#".repeat(hashes).into();
    format!("r{hashes}\"{name}\"{hashes}")
}
