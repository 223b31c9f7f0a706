//! Indexes that no constraint stands behind.

use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Oid, Text};

use super::assemble::Assembly;
use super::index_text::{self, IndexText};
use crate::backend::DatabaseError;
use crate::backend::postgres::normalize::without_parentheses;
use crate::model::{ConstraintOptions, Index, IndexKey, IndexPart};

#[derive(QueryableByName)]
pub(super) struct IndexRow {
    #[diesel(sql_type = Oid)]
    pub(super) relation: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    #[diesel(sql_type = Bool)]
    pub(super) is_unique: bool,
    #[diesel(sql_type = Bool)]
    pub(super) is_valid: bool,
    #[diesel(sql_type = Text)]
    pub(super) method: String,
    #[diesel(sql_type = Integer)]
    pub(super) key_count: i32,
    /// The columns, `""` for an expression.
    #[diesel(sql_type = Array<Text>)]
    pub(super) columns: Vec<String>,
    /// The server's text of each key, without order and operator class; none of a plain index.
    #[diesel(sql_type = Array<Text>)]
    pub(super) keys: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) nulls_not_distinct: bool,
    /// Storage parameters.
    #[diesel(sql_type = Array<Text>)]
    pub(super) parameters: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) predicate: Option<String>,
    /// The server's text; `None` of a plain index.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) definition: Option<String>,
    /// Statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces. Indexes behind constraints are left out.
///
/// An index is plain if nothing stands behind its columns in the server's text: it is not asked
/// for then, since that is most of the time that this query takes. The default operator class of a
/// type is not always the one of its name (that of `varchar` is `text`'s), so whatever is not known
/// to be plain is asked for.
pub(super) const INDEXES: &str = concat!(
    "\
SELECT i.indrelid AS relation, x.relname::text AS name, i.indisunique AS is_unique,
  i.indisvalid AS is_valid, m.amname::text AS method, i.indnkeyatts::int AS key_count,
  ARRAY(SELECT COALESCE((SELECT a.attname::text FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = i.indrelid AND a.attnum = u.n), '')
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY u (n, i) ORDER BY u.i) AS columns,
  CASE WHEN plain.yes THEN '{}' ELSE ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, g.n, false)
    FROM pg_catalog.generate_series(1, i.indnkeyatts::int) g (n) ORDER BY g.n) END AS keys,
  COALESCE((CASE WHEN i.indisunique
    THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END)::bool, false) AS nulls_not_distinct,
  COALESCE(x.reloptions, '{}') AS parameters,
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  CASE WHEN NOT plain.yes THEN pg_catalog.pg_get_indexdef(i.indexrelid) END AS definition,
  CASE WHEN y.description IS NULL AND NOT (i.indisclustered OR i.indisreplident
    OR i.indexprs IS NOT NULL) THEN '{}' ELSE ARRAY(",
    include_str!("index_extras.sql"),
    ") END AS extras
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = x.relam
LEFT JOIN pg_catalog.pg_description y ON y.objoid = x.oid AND y.objsubid = 0
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
CROSS JOIN LATERAL (SELECT i.indisvalid AND i.indexprs IS NULL AND i.indpred IS NULL
    AND x.reloptions IS NULL AND 0 = ALL (i.indoption::int2[]) AND NOT EXISTS (
  SELECT FROM ROWS FROM (pg_catalog.unnest(i.indkey::int2[]), pg_catalog.unnest(i.indclass::oid[]),
    pg_catalog.unnest(i.indcollation::oid[])) u (n, class, coll)
  JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.n
  JOIN pg_catalog.pg_opclass o ON o.oid = u.class
  WHERE NOT o.opcdefault OR u.coll <> a.attcollation OR o.opcintype <>
    CASE a.atttypid WHEN 'varchar'::pg_catalog.regtype THEN 'text'::pg_catalog.regtype
      ELSE a.atttypid END) AS yes OFFSET 0) plain
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conrelid = i.indrelid
    AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY i.indrelid, x.relname"
);

impl Assembly {
    pub(super) fn index(&mut self, row: IndexRow) -> Result<(), DatabaseError> {
        let Some(name) = self.relations.get(&row.relation).cloned() else { return Ok(()) };
        let keys = usize::try_from(row.key_count).unwrap_or_default().min(row.columns.len());
        let text = match &row.definition {
            None => IndexText::plain(keys),
            Some(text) => {
                index_text::read(text, &row.keys).ok_or_else(|| DatabaseError::Unreadable {
                    object: format!("index `{}`", row.name),
                    reason: format!("its text is not understood: {text}"),
                })?
            }
        };
        self.extras(&name, &row.name, row.extras);
        if text.beyond_model || !row.is_valid {
            let kind = if row.is_valid { "index with options" } else { "invalid index" };
            // With a view that makes room it goes and comes, as all that the view has.
            if self.schema.views.contains_key(&name) {
                let own = self.schema.part_extras.remove(&(name.clone(), row.name.clone()));
                let again = row.definition.iter().map(|text| format!("{text};"));
                let again: Vec<_> = again.chain(own.into_iter().flatten()).collect();
                self.schema.relation_extras.entry(name.clone()).or_default().splice(0..0, again);
            }
            self.other(kind, name.sibling(row.name), Some(name.clone()), row.definition);
            return Ok(());
        }
        let (columns, include) = row.columns.split_at(keys);
        let mut expressions = row.keys.iter();
        let parts = columns.iter().zip(text.keys).map(|(column, options)| {
            let expression = expressions.next();
            let key = match column.as_str() {
                "" => IndexKey::Expression(
                    expression.map_or("", |key| without_parentheses(key)).to_owned(),
                ),
                column => IndexKey::Column(column.to_owned()),
            };
            IndexPart {
                key,
                order: options.order,
                nulls: options.nulls,
                collation: options.collation,
                operator_class: options.operator_class,
                length: None,
            }
        });
        let index = Index {
            options: ConstraintOptions {
                nulls_not_distinct: row.nulls_not_distinct,
                with: row.parameters,
                ..ConstraintOptions::default()
            },
            name: Some(row.name),
            unique: row.is_unique,
            parts: parts.collect(),
            predicate: row.predicate.map(|p| without_parentheses(&p).to_owned()),
            method: Some(row.method).filter(|m| m != "btree"),
            include: include.to_vec(),
            stored: None,
        };
        if let Some(view) = self.schema.views.get_mut(&name) {
            view.indexes.push(index);
        } else if let Some(table) = self.table(row.relation) {
            table.indexes.push(index);
        }
        Ok(())
    }
}
