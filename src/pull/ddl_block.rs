//! `ddl! { table … { } }`: everything that `table!` cannot say.

use super::literal::{literal, name_or_literal};
use super::writer::Writer;
use super::{Pull, item_name};
use crate::backend::ident::type_spelling;
use crate::model::{
    Column, Conflict, ConstraintOptions, Deferrable, ForeignKey, GeneratedStorage, Identity, Index,
    IndexKey, IndexPart, NullsOrder, QualifiedName, ReferentialAction, SortOrder, Table, View,
};

/// Writes the block, which stands there even without a clause: it says that there is nothing more.
pub(super) fn write(pull: &Pull<'_>, table: &Table, out: &mut Writer) {
    let clauses = Block { pull, table, unnamed: pull.unnamed.tables.get(&table.name) }.clauses();
    let path = pull.names.path(&table.name).unwrap_or_default();
    out.open("glowplug::ddl! {");
    if clauses.is_empty() {
        out.line(&format!("table {path} {{}}"));
    } else {
        out.open(&format!("table {path} {{"));
        clauses.iter().for_each(|clause| out.line(clause));
        out.close("}");
    }
    out.close("}");
}

/// Writes a view; a materialised one with a block of its indexes, which stands there even without
/// one.
pub(super) fn write_view(pull: &Pull<'_>, view: &View, out: &mut Writer) {
    let (name, select) = (item_name(&view.name), literal(&view.definition));
    if !view.materialized {
        out.line(&format!("view {name} {select};"));
        return;
    }
    let table = view.as_table();
    let unnamed = pull.unnamed.views.get(&view.name).map(View::as_table);
    let block = Block { pull, table: &table, unnamed: unnamed.as_ref() };
    let head = format!("materialized_view {name} {select} {{");
    if table.indexes.is_empty() {
        out.line(&(head + "}"));
        return;
    }
    out.open(&head);
    block.indexes().iter().for_each(|clause| out.line(clause));
    out.close("}");
}

struct Block<'a> {
    pull: &'a Pull<'a>,
    table: &'a Table,
    /// The same table without stated names of constraints.
    unnamed: Option<&'a Table>,
}

impl Block<'_> {
    fn clauses(&self) -> Vec<String> {
        let mut clauses: Vec<String> =
            self.table.columns.iter().filter_map(|column| self.column(column)).collect();
        clauses.extend(self.primary_key());
        let uniques = self.table.uniques.iter().enumerate().map(|(at, unique)| {
            let implied = self.unnamed.and_then(|table| table.uniques.get(at)?.name.as_deref());
            let options = self.key_options(&unique.options);
            let columns = self.key_columns(&unique.columns, &unique.options);
            (implied, unique.name.as_deref(), move |name: &str| {
                format!("unique {name}({columns}){options};")
            })
        });
        clauses.extend(each_once(uniques));
        let checks = self.table.checks.iter().enumerate().map(|(at, check)| {
            let implied = self.unnamed.and_then(|table| table.checks.get(at)?.name.as_deref());
            let inherit = if check.options.no_inherit { " no inherit" } else { "" };
            let valid = if check.options.not_valid { " not valid" } else { "" };
            let conflict = conflict(check.options.on_conflict);
            let sql = literal(&check.expression);
            (implied, check.name.as_deref(), move |name: &str| {
                format!("check {name}{sql}{inherit}{valid}{conflict};")
            })
        });
        clauses.extend(each_once(checks));
        let exclusions = self.table.exclusions.iter().enumerate().map(|(at, exclusion)| {
            let implied = self.unnamed.and_then(|table| table.exclusions.get(at)?.name.as_deref());
            let wait = deferrable(exclusion.deferrable);
            (implied, exclusion.name.as_deref(), move |name: &str| {
                format!("exclude {name}{}{wait};", literal(&exclusion.definition))
            })
        });
        clauses.extend(each_once(exclusions));
        for (at, key) in self.table.foreign_keys.iter().enumerate() {
            let implied =
                self.unnamed.and_then(|table| table.foreign_keys.get(at)?.name.as_deref());
            clauses.push(self.foreign_key(key, implied));
        }
        clauses.extend(self.indexes());
        clauses.extend(self.options());
        clauses
    }

    fn indexes(&self) -> Vec<String> {
        let indexes = self.table.indexes.iter().enumerate().map(|(at, index)| {
            let implied = self.unnamed.and_then(|table| table.indexes.get(at)?.name.as_deref());
            (implied, index.name.as_deref(), move |name: &str| self.index(index, name))
        });
        each_once(indexes)
    }

    fn columns(&self, columns: &[String]) -> String {
        self.pull.names.columns(&self.table.name, columns).unwrap_or_default()
    }

    fn column(&self, column: &Column) -> Option<String> {
        let rust = self.pull.names.column(&self.table.name, &column.name)?;
        let mut attributes = Vec::new();
        let sole_key = self.table.sole_key() == Some(column.name.as_str());
        let usual = sole_key && column.identity == self.pull.dialect.capabilities().usual_identity;
        attributes.extend((!usual).then(|| identity(column.identity)).flatten().map(str::to_owned));
        if let Some(native) = &self.pull.types.get(self.table, column).stated {
            attributes.push(format!("type {}", literal(native)));
        }
        let options = &column.options;
        if options.not_null.is_some() || options.on_conflict.is_some() {
            let conflict = conflict(options.on_conflict);
            attributes.push(format!("not null{}{conflict}", named(options.not_null.as_ref())));
        }
        // The default of a serial column is its sequence.
        if let Some(default) =
            column.default.as_ref().filter(|_| column.identity != Identity::Serial)
        {
            let name = named(options.default.as_ref());
            attributes.push(format!("default {}{name}", literal(default)));
        }
        if let Some(generated) = &column.generated {
            let storage = match generated.storage {
                GeneratedStorage::Stored => "stored",
                GeneratedStorage::Virtual => "virtual",
            };
            let (sql, name) = (literal(&generated.expression), named(options.generated.as_ref()));
            attributes.push(format!("generated {sql} {storage}{name}"));
        }
        if let Some(collation) = &column.collation {
            let name = named(options.collation.as_ref());
            attributes.push(format!("collate {}{name}", literal(collation)));
        }
        attributes.extend(column.comment.as_ref().map(|c| format!("comment {}", literal(c))));
        attributes.extend(column.storage.as_ref().map(|s| format!("storage {}", literal(s))));
        attributes
            .extend(column.compression.as_ref().map(|c| format!("compression {}", literal(c))));
        (!attributes.is_empty()).then(|| format!("{rust}: {};", attributes.join(", ")))
    }

    fn primary_key(&self) -> Option<String> {
        let Some(key) = &self.table.primary_key else {
            return Some("no primary key;".to_owned());
        };
        let implied = self.unnamed.and_then(|table| table.primary_key.as_ref()?.name.as_deref());
        // With options the name is always said.
        let implied = implied.filter(|_| key.options.is_default());
        let name = name(key.name.as_deref(), implied);
        let options = self.key_options(&key.options);
        let said = !name.is_empty() || !key.options.is_default();
        let columns = self.key_columns(&key.columns, &key.options);
        said.then(|| format!("primary key {name}({columns}){options};"))
    }

    /// What stands behind the columns of a key.
    fn key_options(&self, options: &ConstraintOptions) -> String {
        let mut text = String::new();
        if options.nulls_not_distinct {
            text += " nulls not distinct";
        }
        if !options.include.is_empty() {
            text += &format!(" include ({})", self.columns(&options.include));
        }
        text + deferrable(options.deferrable) + &conflict(options.on_conflict)
    }

    /// The columns of a key, with what is said of each.
    fn key_columns(&self, columns: &[String], options: &ConstraintOptions) -> String {
        let columns = columns.iter().enumerate().map(|(at, name)| {
            let part = options.part(at);
            let mut text = self.columns(std::slice::from_ref(name));
            if let Some(collation) = &part.collation {
                text += &format!(" collate {}", literal(collation));
            }
            if part.order == SortOrder::Descending {
                text += " desc";
            }
            text
        });
        columns.collect::<Vec<_>>().join(", ")
    }

    fn foreign_key(&self, key: &ForeignKey, implied: Option<&str>) -> String {
        let names = &self.pull.names;
        let path = names.path(&key.foreign_table);
        let target = match path.zip(names.columns(&key.foreign_table, &key.foreign_columns)) {
            Some((path, columns)) => format!("{path} ({columns})"),
            None => {
                let schema = key.foreign_table.schema.as_deref().map(|s| literal(s) + ".");
                let columns: Vec<_> = key.foreign_columns.iter().map(|c| literal(c)).collect();
                let table = literal(&key.foreign_table.name);
                format!("{}{table} ({})", schema.unwrap_or_default(), columns.join(", "))
            }
        };
        let name = name(key.name.as_deref(), implied);
        let columns = self.columns(&key.columns);
        let mut clause = format!("foreign key {name}({columns}) references {target}");
        for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
            if action != ReferentialAction::NoAction {
                clause += &format!(" on {event} {}", action.sql().to_ascii_lowercase());
            }
            if event == "delete" && !key.options.set_columns.is_empty() {
                clause += &format!(" ({})", self.columns(&key.options.set_columns));
            }
        }
        clause += deferrable(key.deferrable);
        if key.options.match_full {
            clause += " match full";
        }
        if key.options.not_valid {
            clause += " not valid";
        }
        clause + ";"
    }

    fn index(&self, index: &Index, name: &str) -> String {
        let unique = if index.unique { "unique " } else { "" };
        let parts: Vec<_> = index.parts.iter().map(|part| self.index_part(part)).collect();
        let mut clause = format!("{unique}index {name}({})", parts.join(", "));
        if let Some(predicate) = &index.predicate {
            clause += &format!(" where {}", literal(predicate));
        }
        if let Some(method) = &index.method {
            clause += &format!(" using {}", name_or_literal(method));
        }
        if !index.include.is_empty() {
            let names = || index.include.iter().map(|name| literal(name)).collect::<Vec<_>>();
            let columns = self.pull.names.columns(&self.table.name, &index.include);
            clause += &format!(" include ({})", columns.unwrap_or_else(|| names().join(", ")));
        }
        if !index.options.with.is_empty() {
            clause += &format!(" with {}", literal(&index.options.with.join(", ")));
        }
        if index.options.nulls_not_distinct {
            clause += " nulls not distinct";
        }
        clause + ";"
    }

    fn index_part(&self, part: &IndexPart) -> String {
        let mut text = match &part.key {
            IndexKey::Column(name) => match self.pull.names.column(&self.table.name, name) {
                Some(column) => column.to_owned(),
                // A view has no `table!` here, and a column is SQL.
                None => literal(&type_spelling(&QualifiedName::new(name))),
            },
            IndexKey::Expression(sql) => literal(sql),
        };
        text += &part.length.map(|length| format!(" ({length})")).unwrap_or_default();
        if part.order == SortOrder::Descending {
            text += " desc";
        }
        text += match part.nulls {
            Some(NullsOrder::First) => " nulls first",
            Some(NullsOrder::Last) => " nulls last",
            None => "",
        };
        if let Some(collation) = &part.collation {
            text += &format!(" collate {}", literal(collation));
        }
        if let Some(class) = &part.operator_class {
            text += &format!(" opclass {}", literal(class));
        }
        text
    }

    fn options(&self) -> Vec<String> {
        let options = &self.table.options;
        let mut clauses = Vec::new();
        clauses.extend(options.strict.then(|| "strict;".to_owned()));
        clauses.extend(options.without_rowid.then(|| "without rowid;".to_owned()));
        clauses.extend(options.engine.as_ref().map(|e| format!("engine {};", literal(e))));
        clauses.extend(options.unlogged.then(|| "unlogged;".to_owned()));
        if !options.with.is_empty() {
            clauses.push(format!("with {};", literal(&options.with.join(", "))));
        }
        if !options.others.is_empty() {
            let others: Vec<_> = options
                .others
                .iter()
                .map(|(k, v)| format!("{} {}", literal(k), literal(v)))
                .collect();
            clauses.push(format!("options {{ {} }};", others.join(", ")));
        }
        clauses.extend(self.table.comment.as_ref().map(|c| format!("comment {};", literal(c))));
        clauses
    }
}

/// The clauses, from the implied name of each, the stated one and the text behind a name. Of two that
/// are the same but for their names the second one states its name, though the server gave it.
fn each_once<'n, C: Fn(&str) -> String>(
    parts: impl Iterator<Item = (Option<&'n str>, Option<&'n str>, C)>,
) -> Vec<String> {
    let mut clauses: Vec<String> = Vec::new();
    for (implied, stated, clause) in parts {
        let mut text = clause(&name(stated, implied));
        if clauses.contains(&text) {
            text = clause(&name(stated, None));
        }
        clauses.push(text);
    }
    clauses
}

fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::NotDeferrable => "",
        Deferrable::InitiallyImmediate => " deferrable",
        Deferrable::InitiallyDeferred => " deferrable initially deferred",
    }
}

/// ` on conflict replace`, or nothing.
fn conflict(conflict: Option<Conflict>) -> String {
    conflict.map_or(String::new(), |conflict| format!(" on conflict {}", conflict.word()))
}

/// ` named there`, or nothing.
fn named(name: Option<&String>) -> String {
    name.map_or(String::new(), |name| format!(" named {}", name_or_literal(name)))
}

/// The stated name and a space, unless the backend would give the very name.
fn name(stated: Option<&str>, implied: Option<&str>) -> String {
    match stated {
        Some(name) if Some(name) != implied => name_or_literal(name) + " ",
        _ => String::new(),
    }
}

fn identity(identity: Identity) -> Option<&'static str> {
    match identity {
        Identity::Unstated => None,
        Identity::Unassigned => Some("unassigned"),
        Identity::Rowid => Some("rowid"),
        Identity::ByDefault => Some("identity"),
        Identity::Always => Some("identity always"),
        Identity::Serial => Some("serial"),
    }
}
