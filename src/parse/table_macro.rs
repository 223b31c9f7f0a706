//! `diesel::table!`, and `diesel::view!`, which is the same without a key.

use proc_macro2::{Delimiter, Ident, Span};

use super::attributes::Attributes;
use super::cfg::Config;
use super::imports::Imports;
use super::scan::{Found, MacroKind};
use super::suggest;
use super::tokens::{Cursor, Fault, Parsed, name_of};
use super::types::TypePath;
use crate::backend::Backend;
use crate::model::{Column, Identity, PrimaryKey, QualifiedName, SqlType, Table};

/// A table as `table!` says it, with the Rust names of its parts.
pub(super) struct TableDecl {
    pub(super) rust_name: String,
    pub(super) span: Span,
    /// Whether it is `view!` that says it.
    pub(super) is_view: bool,
    pub(super) columns: Vec<ColumnDecl>,
    /// Whether a column could not be read: then a column that is missed may be that one.
    pub(super) incomplete: bool,
    /// The table; its columns are still in `columns`.
    pub(super) table: Table,
}

/// A column with its Rust name.
pub(super) struct ColumnDecl {
    pub(super) rust_name: String,
    pub(super) column: Column,
}

impl TableDecl {
    /// The column of this Rust name.
    pub(super) fn column(&self, rust_name: &str) -> Option<&ColumnDecl> {
        self.columns.iter().find(|column| column.rust_name == rust_name)
    }
}

/// Reads the body of the macro. Faults of single columns are pushed; `None` when what stands
/// there is no table, or a `cfg` switches it off.
pub(super) fn read(
    found: &Found,
    config: &Config<'_>,
    comments: bool,
    backend: Backend,
    faults: &mut Vec<Fault>,
    warnings: &mut Vec<Fault>,
) -> Option<TableDecl> {
    let mut reader = Reader { config, comments, backend, faults, warnings };
    match reader.table(Cursor::inside(&found.body), found.kind == MacroKind::View) {
        Ok(table) => table,
        Err(fault) => {
            faults.push(fault);
            None
        }
    }
}

struct Reader<'a> {
    config: &'a Config<'a>,
    comments: bool,
    backend: Backend,
    faults: &'a mut Vec<Fault>,
    warnings: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn table(&mut self, mut cursor: Cursor, is_view: bool) -> Parsed<Option<TableDecl>> {
        let mut imports = Imports::default();
        while cursor.eat_word("use") {
            imports.read(&mut cursor.split_at(';').0)?;
        }
        let attributes = Attributes::read(&mut cursor, self.config, self.warnings)?;
        let mut name = cursor.ident("the name of a table")?;
        let mut schema = None;
        if cursor.eat_punct('.') {
            schema = Some(name_of(&name));
            name = cursor.ident("the name of a table")?;
        }
        let key = match cursor.eat_group(Delimiter::Parenthesis) {
            Some(_) if is_view => {
                return Err(Fault::new(name.span(), "a view has no primary key, but one is named"));
            }
            Some(group) => key(Cursor::inside(&group))?,
            None => Vec::new(),
        };
        let body = cursor.group(Delimiter::Brace, "`{` and the columns")?;
        cursor.finish("the end of the table")?;
        if attributes.off {
            return Ok(None);
        }
        let before = self.faults.len();
        let columns = self.columns(Cursor::inside(&body), &imports);
        let incomplete = self.faults.len() > before;
        let rust_name = name_of(&name);
        let sql_name = attributes.sql_name.clone().unwrap_or_else(|| rust_name.clone());
        let mut table = Table::new(QualifiedName { schema, name: sql_name });
        table.comment = self.comments.then(|| attributes.comment()).flatten();
        table.renamed_from = attributes.aliases;
        let span = name.span();
        let mut decl = TableDecl { rust_name, span, is_view, columns, incomplete, table };
        if !is_view {
            self.set_key(&mut decl, &key);
        }
        Ok(Some(decl))
    }

    fn columns(&mut self, mut cursor: Cursor, imports: &Imports) -> Vec<ColumnDecl> {
        let mut columns: Vec<ColumnDecl> = Vec::new();
        while !cursor.is_empty() {
            match self.column(&mut cursor, imports) {
                Ok(Some((ident, new))) => {
                    let same = |old: &ColumnDecl| {
                        old.rust_name == new.rust_name || old.column.name == new.column.name
                    };
                    if columns.iter().any(same) {
                        let message = format!("column `{}` is there twice", new.column.name);
                        self.faults.push(Fault::new(ident.span(), message));
                    } else {
                        columns.push(new);
                    }
                }
                Ok(None) => {}
                Err(fault) => self.faults.push(fault),
            }
            // After a fault this leaves out the rest of the column.
            cursor.skip_past(',');
        }
        columns
    }

    fn column(
        &mut self,
        cursor: &mut Cursor,
        imports: &Imports,
    ) -> Parsed<Option<(Ident, ColumnDecl)>> {
        let attributes = Attributes::read(cursor, self.config, self.warnings)?;
        let ident = cursor.ident("the name of a column")?;
        if !cursor.eat_joined('-', '>') {
            return Err(cursor.unexpected("`->` and a type"));
        }
        let path = TypePath::read(cursor)?;
        if !cursor.is_empty() && !cursor.is_punct(',') {
            return Err(cursor.unexpected("`,`"));
        }
        if attributes.off {
            return Ok(None);
        }
        let (mut diesel, nullable) = path.resolve(imports)?;
        if let (Backend::Mysql, false, Some(sized)) = (self.backend, diesel.custom, path.sized()) {
            sized.clone_into(&mut diesel.name);
        }
        let rust_name = name_of(&ident);
        let sql_name = attributes.sql_name.clone().unwrap_or_else(|| rust_name.clone());
        let sql_type =
            SqlType { diesel: Some(diesel), native: None, max_length: attributes.max_length };
        let mut column = Column::new(sql_name, sql_type);
        column.nullable = nullable;
        column.comment = self.comments.then(|| attributes.comment()).flatten();
        column.renamed_from = attributes.aliases;
        if attributes.auto_increment {
            column.identity = Identity::ByDefault;
        }
        Ok(Some((ident, ColumnDecl { rust_name, column })))
    }

    /// The primary key; without one in the macro it is `id`, as for Diesel.
    fn set_key(&mut self, decl: &mut TableDecl, key: &[Ident]) {
        let mut columns: Vec<String> = Vec::new();
        for ident in key {
            let name = name_of(ident);
            match decl.column(&name) {
                Some(column) if !columns.contains(&column.column.name) => {
                    columns.push(column.column.name.clone());
                }
                Some(_) => {
                    let message = format!("column `{name}` is in the primary key twice");
                    self.faults.push(Fault::new(ident.span(), message));
                }
                None => self.faults.push(unknown_column(decl, ident)),
            }
        }
        if key.is_empty() {
            match decl.column("id") {
                Some(column) => columns.push(column.column.name.clone()),
                None => self.faults.push(no_key(decl)),
            }
        }
        decl.table.primary_key = (!columns.is_empty()).then_some(PrimaryKey {
            options: Default::default(),
            name: None,
            columns,
        });
    }
}

/// Whether this is how the body of Diesel's `view!` begins: attributes and `use` lines, a name,
/// maybe a schema's before it, and columns in braces.
pub(super) fn begins_as_view(mut cursor: Cursor) -> bool {
    loop {
        if cursor.eat_punct('#') {
            if cursor.eat_group(Delimiter::Bracket).is_none() {
                return false;
            }
        } else if cursor.eat_word("use") {
            cursor.split_at(';');
        } else {
            break;
        }
    }
    let named = cursor.eat_ident().is_some();
    let named = named && (!cursor.eat_punct('.') || cursor.eat_ident().is_some());
    let Some(columns) = cursor.eat_group(Delimiter::Brace).filter(|_| named) else { return false };
    let mut columns = Cursor::inside(&columns);
    while columns.eat_punct('#') {
        columns.eat_group(Delimiter::Bracket);
    }
    columns.is_empty() || columns.eat_ident().is_some() && columns.eat_joined('-', '>')
}

fn key(cursor: Cursor) -> Parsed<Vec<Ident>> {
    cursor
        .split_list()
        .into_iter()
        .map(|mut part| {
            let ident = part.ident("the name of a column")?;
            part.finish("`,`").map(|()| ident)
        })
        .collect()
}

fn no_key(decl: &TableDecl) -> Fault {
    let name = &decl.rust_name;
    let message = format!("table `{name}` names no primary key and has no column `id`");
    let fault =
        Fault::new(decl.span, message).hint(format!("name its key: `{name} (column) {{ … }}`"));
    Fault { follows: decl.incomplete, ..fault }
}

/// The table has no such column.
pub(super) fn unknown_column(decl: &TableDecl, ident: &Ident) -> Fault {
    let name = name_of(ident);
    let near = suggest::nearest(&name, decl.columns.iter().map(|c| c.rust_name.as_str()));
    let message = format!("table `{}` has no column `{name}`", decl.rust_name);
    let fault = Fault::new(ident.span(), message).suggest(near);
    Fault { follows: decl.incomplete, ..fault }
}
