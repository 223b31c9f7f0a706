//! Temporary tables that hold the expressions while the server is asked for their text.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::result::Error;
use diesel::sql_types::{Bool, Nullable, Text};
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query};

use super::{Item, Place, bare_text};
use crate::backend::ident::quote;
use crate::backend::postgres::types;
use crate::backend::{Backend, DatabaseError, standard};
use crate::model::{DefinitionBody, Index, QualifiedName, Schema, Table, View};

/// The server's texts of these items, in their order; `None` where it refuses one.
///
/// All at once; where one of them is refused, each half by itself, so that a bad expression costs
/// no more than a few further tries.
pub(super) fn deparse(
    connection: &mut PgConnection,
    place: Scratch,
    schema: &Schema,
    items: &[Item],
    which: &[usize],
) -> Result<Vec<Option<String>>, DatabaseError> {
    match attempt(connection, place, schema, items, which)? {
        Some(texts) => Ok(texts),
        None if which.len() == 1 => Ok(vec![None]),
        None => {
            let (first, second) = which.split_at(which.len() / 2);
            let mut texts = deparse(connection, place, schema, items, first)?;
            texts.extend(deparse(connection, place, schema, items, second)?);
            Ok(texts)
        }
    }
}

/// Where the scratch objects stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scratch {
    /// Temporary tables, under the names of the real ones.
    Temporary,
    /// The default schema, under names of our own, where the role may make no temporary table.
    Default,
}

#[derive(QueryableByName)]
struct Rights {
    #[diesel(sql_type = Text)]
    database: String,
    #[diesel(sql_type = Text)]
    schema: String,
    #[diesel(sql_type = Bool)]
    temporary: bool,
    #[diesel(sql_type = Bool)]
    create: bool,
}

impl Scratch {
    /// What the role may use.
    pub(super) fn allowed(connection: &mut PgConnection) -> Result<Self, DatabaseError> {
        let rights: Rights = sql_query(
            "SELECT pg_catalog.current_database()::pg_catalog.text AS database, \
               pg_catalog.current_schema()::pg_catalog.text AS schema, \
               pg_catalog.has_database_privilege(pg_catalog.current_database(), 'TEMPORARY') \
                 AS temporary, \
               pg_catalog.has_schema_privilege(pg_catalog.current_schema(), 'CREATE') AS create",
        )
        .get_result(connection)
        .map_err(DatabaseError::query("asking what the role may do"))?;
        match (rights.temporary, rights.create) {
            (true, _) => Ok(Self::Temporary),
            (false, true) => Ok(Self::Default),
            (false, false) => Err(DatabaseError::Unreadable {
                object: "the spelling of an expression".to_owned(),
                reason: format!(
                    "the server tells it by a scratch table, and the role has neither \
                     TEMPORARY on the database `{}` nor CREATE on the schema `{}`",
                    rights.database, rights.schema
                ),
            }),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Temporary => "TEMP ",
            Self::Default => "",
        }
    }

    /// The name that a scratch table gets, and how a statement writes it.
    fn table(self, name: &QualifiedName, first: usize) -> (String, String) {
        match self {
            Self::Temporary => {
                (name.name.clone(), format!("pg_temp.{}", quote(Backend::Postgres, &name.name)))
            }
            Self::Default => {
                let name = format!("__glowplug_table_{first}");
                (name.clone(), quote(Backend::Postgres, &name))
            }
        }
    }
}

/// Makes the scratch objects, reads them and rolls back. `None` when the server refuses.
fn attempt(
    connection: &mut PgConnection,
    place: Scratch,
    schema: &Schema,
    items: &[Item],
    which: &[usize],
) -> Result<Option<Vec<Option<String>>>, DatabaseError> {
    let sql = statements(place, schema, items, which);
    let mut read = None;
    let outcome: Result<(), Error> = connection.transaction(|connection| {
        connection.batch_execute(&sql)?;
        // Read as introspection reads: with the default schema alone in sight.
        connection.batch_execute(PIN)?;
        read = Some(sql_query(READ).load::<Row>(connection)?);
        Err(Error::RollbackTransaction)
    });
    match outcome {
        Ok(()) | Err(Error::RollbackTransaction) => {}
        Err(Error::DatabaseError(kind, _)) if is_refusal(&kind) => return Ok(None),
        Err(error) => return Err(DatabaseError::query("asking the server for its text")(error)),
    }
    let found: BTreeMap<(String, String), String> = read
        .unwrap_or_default()
        .into_iter()
        .filter_map(|row| Some(((row.kind, row.name), row.text?)))
        .collect();
    let text = |at: &usize| found.get(&key(place, items, which, *at)).map(|text| bare_text(text));
    Ok(Some(which.iter().map(text).collect()))
}

/// Whether the server refused the statement, as opposed to being gone.
fn is_refusal(kind: &diesel::result::DatabaseErrorKind) -> bool {
    !matches!(kind, diesel::result::DatabaseErrorKind::ClosedConnection)
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Nullable<Text>)]
    text: Option<String>,
}

const PIN: &str = "SELECT pg_catalog.set_config('search_path', \
    pg_catalog.quote_ident(pg_catalog.current_schema()), true)";

/// The texts of all scratch objects. A column is named by its table and its position.
const READ: &str = "\
SELECT 'column' AS kind, c.relname::text || ' ' || d.adnum AS name,
  pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS text
FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_class c ON c.oid = d.adrelid
WHERE (c.relnamespace = pg_catalog.pg_my_temp_schema() OR c.relname LIKE '\\_\\_glowplug\\_%')
UNION ALL
SELECT 'check', k.conname::text, pg_catalog.pg_get_expr(k.conbin, k.conrelid)
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
WHERE (c.relnamespace = pg_catalog.pg_my_temp_schema() OR c.relname LIKE '\\_\\_glowplug\\_%') AND k.contype = 'c'
UNION ALL
SELECT 'exclusion', k.conname::text,
  pg_catalog.substr(pg_catalog.pg_get_constraintdef(k.oid), 9)
FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
WHERE (c.relnamespace = pg_catalog.pg_my_temp_schema() OR c.relname LIKE '\\_\\_glowplug\\_%') AND k.contype = 'x'
UNION ALL
SELECT 'predicate', x.relname::text, pg_catalog.pg_get_expr(i.indpred, i.indrelid)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
WHERE (x.relnamespace = pg_catalog.pg_my_temp_schema() OR x.relname LIKE '\\_\\_glowplug\\_%')
UNION ALL
SELECT 'key', x.relname::text, pg_catalog.pg_get_indexdef(i.indexrelid, 1, false)
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
WHERE (x.relnamespace = pg_catalog.pg_my_temp_schema() OR x.relname LIKE '\\_\\_glowplug\\_%')
UNION ALL
SELECT 'domain', t.typname::text, COALESCE(pg_catalog.pg_get_expr(t.typdefaultbin, 0),
  (SELECT pg_catalog.pg_get_expr(k.conbin, 0) FROM pg_catalog.pg_constraint k
   WHERE k.contypid = t.oid AND k.contype = 'c'))
FROM pg_catalog.pg_type t WHERE t.typtype = 'd'
  AND (t.typnamespace = pg_catalog.pg_my_temp_schema() OR t.typname LIKE '\\_\\_glowplug\\_%')
UNION ALL
SELECT 'view', c.relname::text, pg_catalog.pg_get_viewdef(c.oid)
FROM pg_catalog.pg_class c
WHERE (c.relnamespace = pg_catalog.pg_my_temp_schema() OR c.relname LIKE '\\_\\_glowplug\\_%') AND c.relkind = 'v'";

/// How an item is found again in what was read.
fn key(place: Scratch, items: &[Item], which: &[usize], at: usize) -> (String, String) {
    let item = &items[at];
    let own = object_name(at);
    match item.place {
        Place::Default(column) | Place::Generated(column) => {
            let on_table = |at: &&usize| items[**at].owner == item.owner;
            let first = which.iter().find(on_table).copied().unwrap_or(at);
            let (table, _) = place.table(&item.owner, first);
            ("column".to_owned(), format!("{table} {}", column + 1))
        }
        Place::Check(_) => ("check".to_owned(), own),
        Place::Exclusion(_) => ("exclusion".to_owned(), own),
        Place::Predicate(_) => ("predicate".to_owned(), own),
        Place::Key(_, _) => ("key".to_owned(), own),
        Place::View => ("view".to_owned(), own),
        Place::DomainDefault | Place::DomainCheck(_) => ("domain".to_owned(), own),
    }
}

fn object_name(at: usize) -> String {
    format!("__glowplug_{at}")
}

fn statements(place: Scratch, schema: &Schema, items: &[Item], which: &[usize]) -> String {
    // Views first, so that they see the real tables and not the scratch ones.
    let mut sql = String::new();
    let mut tables: BTreeMap<&QualifiedName, Vec<usize>> = BTreeMap::new();
    for at in which {
        let item = &items[*at];
        if item.place == Place::View {
            let name = quote(Backend::Postgres, &object_name(*at));
            sql.push_str(&format!("CREATE {}VIEW {name} AS {};\n", place.word(), item.text));
        } else if matches!(item.place, Place::DomainDefault | Place::DomainCheck(_)) {
            sql.push_str(&scratch_domain(place, schema, item, *at));
        } else {
            tables.entry(&item.owner).or_default().push(*at);
        }
    }
    // Of a materialised view only the shape counts; it, too, is made of the real tables.
    for (name, which) in &tables {
        if let Some(view) = schema.views.get(*name) {
            sql.push_str(&scratch_view(place, view, items, which));
        }
    }
    for (name, which) in tables {
        if let Some(table) = schema.tables.get(name) {
            sql.push_str(&scratch_table(place, table, items, &which));
        }
    }
    sql
}

/// A domain over the same type, with nothing but the expression in question.
fn scratch_domain(place: Scratch, schema: &Schema, item: &Item, at: usize) -> String {
    let domain = schema.definitions.iter().find_map(|definition| match &definition.body {
        DefinitionBody::Domain(domain) if definition.name == item.owner => Some(domain),
        _ => None,
    });
    let Some(domain) = domain else { return String::new() };
    let space = match place {
        Scratch::Temporary => "pg_temp.",
        Scratch::Default => "",
    };
    let name = quote(Backend::Postgres, &object_name(at));
    let collate = domain.collation.as_ref().map_or(String::new(), |collation| {
        format!(" COLLATE {}", standard::collation(Backend::Postgres, collation))
    });
    let native = types::in_statement(&domain.native);
    match item.place {
        Place::DomainDefault => {
            format!("CREATE DOMAIN {space}{name} AS {native}{collate} DEFAULT {};\n", item.text)
        }
        _ => {
            format!("CREATE DOMAIN {space}{name} AS {native}{collate} CHECK ({});\n", item.text)
        }
    }
}

/// An empty table with the columns of a materialised view, and the indexes in question.
fn scratch_view(place: Scratch, view: &View, items: &[Item], which: &[usize]) -> String {
    let first = which.first().copied().unwrap_or_default();
    let name = quote(Backend::Postgres, &format!("__glowplug_view_{first}"));
    let select = view.definition.trim().trim_end_matches(';');
    let table = format!("CREATE {}TABLE {name} AS {select} WITH NO DATA;\n", place.word());
    let indexes = which.iter().filter_map(|at| {
        let own = quote(Backend::Postgres, &object_name(*at));
        scratch_index(&view.indexes, &items[*at], &own, &name)
    });
    table + &indexes.collect::<String>()
}

/// An index with nothing but the expression in question.
fn scratch_index(indexes: &[Index], item: &Item, own: &str, path: &str) -> Option<String> {
    match item.place {
        Place::Predicate(_) => {
            Some(format!("CREATE INDEX {own} ON {path} ((1)) WHERE {};\n", item.text))
        }
        Place::Key(index, part) => {
            let index = &indexes[index];
            let method = quote(Backend::Postgres, index.method.as_deref().unwrap_or("btree"));
            let class = index.parts[part].operator_class.as_deref().unwrap_or_default();
            let key = format!("(({}) {class})", item.text);
            Some(format!("CREATE INDEX {own} ON {path} USING {method} {key};\n"))
        }
        _ => None,
    }
}

/// A temporary table of the same name and columns, with nothing but the expressions in question.
fn scratch_table(place: Scratch, table: &Table, items: &[Item], which: &[usize]) -> String {
    let at_column = |column: usize| {
        which.iter().map(|at| &items[*at]).find(
            |item| matches!(item.place, Place::Default(c) | Place::Generated(c) if c == column),
        )
    };
    let mut elements: Vec<String> = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let native = column.sql_type.native.as_deref().unwrap_or("text");
        let mut sql =
            format!("{} {}", quote(Backend::Postgres, &column.name), types::in_statement(native));
        if let Some(collation) = &column.collation {
            sql.push_str(&format!(
                " COLLATE {}",
                standard::collation(Backend::Postgres, collation)
            ));
        }
        match at_column(at) {
            Some(Item { place: Place::Generated(_), text, .. }) => {
                sql.push_str(&format!(" GENERATED ALWAYS AS ({text}) STORED"));
            }
            Some(item) => sql.push_str(&format!(" DEFAULT ({})", item.text)),
            None => {}
        }
        elements.push(sql);
    }
    let mut indexes = String::new();
    let (own_name, path) = place.table(&table.name, which.first().copied().unwrap_or_default());
    for at in which {
        let item = &items[*at];
        let own = quote(Backend::Postgres, &object_name(*at));
        match item.place {
            Place::Check(_) => elements.push(format!("CONSTRAINT {own} CHECK ({})", item.text)),
            Place::Exclusion(_) => {
                elements.push(format!("CONSTRAINT {own} EXCLUDE {}", item.text));
            }
            Place::Predicate(_) | Place::Key(_, _) => {
                indexes.extend(scratch_index(&table.indexes, item, &own, &path));
            }
            Place::Default(_)
            | Place::Generated(_)
            | Place::View
            | Place::DomainDefault
            | Place::DomainCheck(_) => {}
        }
    }
    let name = quote(Backend::Postgres, &own_name);
    let word = place.word();
    format!("CREATE {word}TABLE {name} (\n    {}\n);\n{indexes}", elements.join(",\n    "))
}
