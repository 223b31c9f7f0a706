//! The server's answers, put together.

use std::collections::BTreeMap;

use super::objects::ObjectRow;
use super::queries::{ActionRow, CheckRow, ColumnRow, ForeignKeyRow, KeyRow, TableRow, ViewRow};
use super::{Server, without_database};
use crate::backend::mysql::normalize::without_parentheses;
use crate::backend::mysql::spelling::Spelling;
use crate::backend::mysql::{normalize, types};
use crate::backend::{Backend, DatabaseError, ident};
use crate::model::{
    CheckConstraint, Column, ForeignKey, Generated, GeneratedStorage, Identity, Index, IndexKey,
    IndexPart, OtherObject, PrimaryKey, QualifiedName, ReferentialAction, Schema, SortOrder,
    SqlType, Table, UniqueConstraint, View,
};

/// What the server answered.
pub(super) struct Answers {
    pub(super) server: Server,
    pub(super) tables: Vec<TableRow>,
    pub(super) columns: Vec<ColumnRow>,
    pub(super) keys: Vec<KeyRow>,
    pub(super) foreign_keys: Vec<ForeignKeyRow>,
    pub(super) actions: Vec<ActionRow>,
    pub(super) checks: Vec<CheckRow>,
    pub(super) views: Vec<ViewRow>,
    pub(super) objects: Vec<ObjectRow>,
}

pub(super) fn schema(answers: Answers) -> Result<Schema, DatabaseError> {
    let mut assembler = Assembler { server: answers.server, schema: Schema::default() };
    let collations: BTreeMap<String, String> = (answers.tables.iter())
        .filter_map(|row| Some((row.name.clone(), row.collation_name.clone()?)))
        .collect();
    answers.tables.into_iter().for_each(|row| assembler.table(row));
    answers.views.into_iter().for_each(|row| assembler.view(row));
    for row in answers.columns {
        let collation = collations.get(&row.table_name).cloned();
        assembler.column(row, collation.as_deref());
    }
    for rows in answers.keys.chunk_by(|a, b| (&a.table_name, &a.name) == (&b.table_name, &b.name)) {
        assembler.key(rows)?;
    }
    let actions: BTreeMap<(&str, &str), &ActionRow> = (answers.actions.iter())
        .map(|row| ((row.table_name.as_str(), row.name.as_str()), row))
        .collect();
    let same =
        |a: &ForeignKeyRow, b: &ForeignKeyRow| (&a.table_name, &a.name) == (&b.table_name, &b.name);
    for rows in answers.foreign_keys.chunk_by(same) {
        let owner = (rows[0].table_name.as_str(), rows[0].name.as_str());
        assembler.foreign_key(rows, actions.get(&owner).copied())?;
    }
    answers.checks.into_iter().for_each(|row| assembler.check(row));
    answers.objects.into_iter().for_each(|row| assembler.object(row));
    let flavor = assembler.server.flavor;
    let mut schema = assembler.schema;
    normalize::schema(&mut schema, flavor);
    Ok(schema)
}

struct Assembler {
    server: Server,
    schema: Schema,
}

impl Assembler {
    fn find(&mut self, name: &str) -> Option<&mut Table> {
        self.schema.tables.get_mut(&QualifiedName::new(name))
    }

    fn other(&mut self, kind: &str, name: &str, table: Option<&str>, sql: Option<String>) {
        self.schema.others.push(OtherObject {
            kind: kind.to_owned(),
            name: QualifiedName::new(name),
            table: table.map(QualifiedName::new),
            sql,
        });
    }

    fn table(&mut self, row: TableRow) {
        match row.kind.as_str() {
            "VIEW" | "SYSTEM VIEW" => return,
            // A table with a history of its own is kept, and never altered.
            "BASE TABLE" => {}
            kind => {
                let kind = match kind {
                    "SEQUENCE" => "sequence".to_owned(),
                    "SYSTEM VERSIONED" => "system-versioned table".to_owned(),
                    other => other.to_lowercase(),
                };
                return self.other(&kind, &row.name, None, None);
            }
        }
        let mut table = Table::new(QualifiedName::new(row.name));
        table.described = true;
        table.comment = row.comment.filter(|comment| !comment.is_empty());
        table.options.engine = row.engine;
        let options = table_options(row.options.as_deref().unwrap_or_default());
        table.options.others.extend(options);
        let own = row.collation_name.filter(|collation| *collation != self.server.collation);
        table.options.others.extend(own.map(|collation| ("COLLATE".to_owned(), collation)));
        self.schema.insert_table(table);
    }

    fn view(&mut self, row: ViewRow) {
        let definition = without_database(&row.definition, &self.server.database);
        if row.check_option != "NONE" || row.security != "DEFINER" {
            // No model says this: the view is kept as it is.
            let kind = if row.check_option == "NONE" {
                "view with the rights of its caller"
            } else {
                "view with check option"
            };
            return self.other(kind, &row.name, None, Some(definition));
        }
        let name = QualifiedName::new(row.name);
        let stored = Some(row.definition);
        let view = View { stored, described: true, ..View::new(name.clone(), definition) };
        self.schema.views.insert(name, view);
    }

    fn column(&mut self, row: ColumnRow, inherited: Option<&str>) {
        let flavor = self.server.flavor;
        let Some(table) = self.find(&row.table_name) else { return };
        let extra = row.extra.unwrap_or_default().to_ascii_lowercase();
        let mut native = Spelling::read(&row.native);
        let on_update = extra.split_once("on update ").map(|(_, rest)| rest.to_owned());
        if let Some(now) = on_update {
            let read = Spelling::read(&format!("{native} on update {now}"));
            native.tail.on_update = read.tail.on_update;
        }
        native.tail.invisible = extra.split(", ").any(|word| word.starts_with("invisible"))
            || extra.contains(" invisible");
        let mut column = Column::new(row.name, SqlType::native(native.to_string()));
        column.nullable = row.nullable == "YES";
        column.comment = row.comment.filter(|comment| !comment.is_empty());
        let own = row.collation_name.filter(|collation| Some(collation.as_str()) != inherited);
        column.collation = own;
        if extra.contains("auto_increment") {
            column.identity = Identity::ByDefault;
        }
        let expression = row.generated.filter(|expression| !expression.is_empty());
        if let Some(expression) = expression {
            let stored = extra.contains("stored generated") || extra.contains("persistent");
            let storage = if stored { GeneratedStorage::Stored } else { GeneratedStorage::Virtual };
            let expression = without_parentheses(&expression).to_owned();
            column.generated = Some(Generated { expression, storage });
        } else if flavor.tells_defaults_as_sql() {
            let own = row.default.filter(|default| default != "NULL");
            column.default = own.map(|default| without_parentheses(&default).to_owned());
        } else {
            let is_expression = extra.contains("default_generated");
            column.default =
                row.default.map(|default| default_of_mysql(&default, is_expression, &native.name));
        }
        table.columns.push(column);
    }

    fn key(&mut self, rows: &[KeyRow]) -> Result<(), DatabaseError> {
        let first = &rows[0];
        let (name, kind) = (first.name.clone(), first.kind.to_ascii_lowercase());
        let mut parts = Vec::with_capacity(rows.len());
        for row in rows {
            parts.push(index_part(row)?);
        }
        let Some(table) = self.find(&first.table_name) else { return Ok(()) };
        if name == "PRIMARY" {
            let columns = rows.iter().filter_map(|row| row.column_name.clone()).collect();
            table.primary_key =
                Some(PrimaryKey { options: Default::default(), name: None, columns });
            return Ok(());
        }
        let mut words = Vec::new();
        words.extend((kind != "btree").then(|| kind.clone()));
        words.extend((first.unused == "YES").then(|| "ignored".to_owned()));
        if kind == "fulltext" || kind == "spatial" {
            // Neither has an order, and the length of a spatial one is the server's business.
            for part in &mut parts {
                part.length = None;
            }
        }
        let index = Index {
            options: Default::default(),
            name: Some(name.clone()),
            unique: first.non_unique == "0",
            parts,
            predicate: None,
            method: (!words.is_empty()).then(|| words.join(" ")),
            include: Vec::new(),
            stored: None,
        };
        let plain = normalize::columns_of(&index).filter(|_| index.unique && words.is_empty());
        match plain {
            Some(columns) => {
                table.uniques.push(UniqueConstraint {
                    options: Default::default(),
                    name: Some(name.clone()),
                    columns,
                });
            }
            None => table.indexes.push(index),
        }
        if let Some(comment) = first.comment.as_ref().filter(|comment| !comment.is_empty()) {
            let (table, comment) = (first.table_name.clone(), comment.clone());
            self.other("comment of the index", &name, Some(&table), Some(comment));
        }
        Ok(())
    }

    fn foreign_key(
        &mut self,
        rows: &[ForeignKeyRow],
        actions: Option<&ActionRow>,
    ) -> Result<(), DatabaseError> {
        let first = &rows[0];
        let missing = || DatabaseError::Unreadable {
            object: format!("foreign key `{}` of `{}`", first.name, first.table_name),
            reason: "the server tells its columns and not its actions".to_owned(),
        };
        let actions = actions.ok_or_else(missing)?;
        let own = first.foreign_schema == self.server.database;
        let schema = (!own).then(|| first.foreign_schema.clone());
        let key = ForeignKey {
            options: Default::default(),
            name: Some(first.name.clone()),
            columns: rows.iter().map(|row| row.column_name.clone()).collect(),
            foreign_table: QualifiedName { schema, name: first.foreign_table.clone() },
            foreign_columns: rows.iter().map(|row| row.foreign_column.clone()).collect(),
            on_delete: action(&actions.on_delete, first)?,
            on_update: action(&actions.on_update, first)?,
            deferrable: crate::model::Deferrable::NotDeferrable,
        };
        if let Some(table) = self.find(&first.table_name) {
            table.foreign_keys.push(key);
        }
        Ok(())
    }

    fn check(&mut self, row: CheckRow) {
        let json_is_text = self.server.flavor.json_is_a_checked_text();
        let expression = match self.server.flavor.tells_defaults_as_sql() {
            true => row.clause,
            // MySQL escapes quotes in this column (bug 94703).
            false => row.clause.replace("\\'", "'"),
        };
        let expression = without_parentheses(&expression).to_owned();
        let Some(table) = self.find(&row.table_name) else { return };
        if row.level != "Column" {
            table.checks.push(CheckConstraint {
                options: Default::default(),
                name: Some(row.name),
                expression,
            });
            return;
        }
        // It bears the name that the column had when it was made; its text tells which one it is.
        let named = table.columns.iter().position(|column| column.name == row.name);
        let at = named.or_else(|| {
            table.columns.iter().position(|c| normalize::mentions(&expression, &c.name))
        });
        let Some(column) = at.and_then(|at| table.columns.get_mut(at)) else { return };
        let mut native = Spelling::read(column.sql_type.native.as_deref().unwrap_or_default());
        let valid = format!("json_valid({})", ident::quote(Backend::Mysql, &column.name));
        let binary =
            column.collation.as_deref() == Some("utf8mb4_bin") || column.collation.is_none();
        if json_is_text && native.name == "longtext" && binary && expression == valid {
            "json".clone_into(&mut native.name);
            column.collation = None;
        } else {
            native.tail.check = Some(expression);
        }
        column.sql_type.native = Some(native.to_string());
    }

    fn object(&mut self, row: ObjectRow) {
        self.other(&row.kind, &row.name, row.table_name.as_deref(), row.text);
    }
}

fn index_part(row: &KeyRow) -> Result<IndexPart, DatabaseError> {
    let key = match (&row.column_name, &row.expression) {
        (Some(column), _) => IndexKey::Column(column.clone()),
        (None, Some(sql)) => {
            IndexKey::Expression(without_parentheses(&sql.replace("\\'", "'")).to_owned())
        }
        (None, None) => {
            return Err(DatabaseError::Unreadable {
                object: format!("index `{}` of `{}`", row.name, row.table_name),
                reason: "a key of it is neither a column nor an expression".to_owned(),
            });
        }
    };
    let descending = row.sorting.as_deref() == Some("D");
    Ok(IndexPart {
        order: if descending { SortOrder::Descending } else { SortOrder::Ascending },
        length: row.length.as_deref().and_then(|length| length.parse().ok()),
        key,
        ..IndexPart::column("")
    })
}

fn action(word: &str, row: &ForeignKeyRow) -> Result<ReferentialAction, DatabaseError> {
    Ok(match word {
        "NO ACTION" | "RESTRICT" => ReferentialAction::NoAction,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull,
        "SET DEFAULT" => ReferentialAction::SetDefault,
        other => {
            return Err(DatabaseError::Unreadable {
                object: format!("foreign key `{}` of `{}`", row.name, row.table_name),
                reason: format!("its action `{other}` is none that is known"),
            });
        }
    })
}

/// `row_format=COMPRESSED key_block_size=8 partitioned`, as options by their upper-case names. What
/// has no value is told by another kind of object, or implied.
fn table_options(options: &str) -> BTreeMap<String, String> {
    let pairs = options.split_whitespace().filter_map(|option| option.split_once('='));
    pairs
        .map(|(name, value)| {
            let name = name.trim_matches('`').to_ascii_uppercase();
            (name, value.trim_matches(['"', '\'']).to_owned())
        })
        .collect()
}

/// MySQL's bare text of a default as SQL.
fn default_of_mysql(text: &str, is_expression: bool, native: &str) -> String {
    if is_expression {
        return without_parentheses(&text.replace("\\'", "'")).to_owned();
    }
    let number = text.parse::<f64>().is_ok() && !types::is_text(native);
    if number || text.starts_with("b'") || text.starts_with("x'") {
        return text.to_owned();
    }
    ident::literal(Backend::Mysql, text)
}
