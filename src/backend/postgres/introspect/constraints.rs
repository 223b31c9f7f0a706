//! Constraints of tables.

use diesel::QueryableByName;
use diesel::sql_types::{Array, Bool, Nullable, Oid, Text};

use super::assemble::Assembly;
use crate::backend::DatabaseError;
use crate::backend::postgres::lexer::{Token, tokens};
use crate::backend::postgres::normalize::without_parentheses;
use crate::model::{
    CheckConstraint, ConstraintOptions, Deferrable, ExclusionConstraint, ForeignKey, PrimaryKey,
    QualifiedName, ReferentialAction, UniqueConstraint,
};

#[derive(QueryableByName)]
#[expect(clippy::struct_excessive_bools, reason = "it is a row of the catalog")]
pub(super) struct Constraint {
    #[diesel(sql_type = Oid)]
    pub(super) relation: u32,
    #[diesel(sql_type = Text)]
    pub(super) name: String,
    /// `pg_constraint.contype`.
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Array<Text>)]
    pub(super) columns: Vec<String>,
    #[diesel(sql_type = Nullable<Oid>)]
    pub(super) foreign_namespace: Option<u32>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) foreign_schema: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) foreign_table: Option<String>,
    #[diesel(sql_type = Array<Text>)]
    pub(super) foreign_columns: Vec<String>,
    #[diesel(sql_type = Text)]
    pub(super) on_update: String,
    #[diesel(sql_type = Text)]
    pub(super) on_delete: String,
    #[diesel(sql_type = Bool)]
    pub(super) deferrable: bool,
    #[diesel(sql_type = Bool)]
    pub(super) deferred: bool,
    /// `MATCH FULL`.
    #[diesel(sql_type = Bool)]
    pub(super) match_full: bool,
    /// The columns that `ON DELETE SET …` sets, where it is not all of them.
    #[diesel(sql_type = Array<Text>)]
    pub(super) set_columns: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) no_inherit: bool,
    #[diesel(sql_type = Bool)]
    pub(super) validated: bool,
    /// Columns that are only stored in the index of a key.
    #[diesel(sql_type = Array<Text>)]
    pub(super) include: Vec<String>,
    #[diesel(sql_type = Bool)]
    pub(super) nulls_not_distinct: bool,
    /// The expression of a check.
    #[diesel(sql_type = Nullable<Text>)]
    pub(super) expression: Option<String>,
    #[diesel(sql_type = Text)]
    pub(super) definition: String,
    /// Statements that give it back what it has besides its definition.
    #[diesel(sql_type = Array<Text>)]
    pub(super) extras: Vec<String>,
}

/// `$1`: the namespaces. What a child inherits from its parent stands at the parent.
pub(super) const CONSTRAINTS: &str = concat!("\
SELECT k.conrelid AS relation, k.conname::text AS name, k.contype::text AS kind,
  ARRAY(SELECT (SELECT a.attname::text FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = k.conrelid AND a.attnum = u.n)
    FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u (n, i) WHERE u.n <> 0 ORDER BY u.i) AS columns,
  f.relnamespace AS foreign_namespace, n.nspname::text AS foreign_schema,
  f.relname::text AS foreign_table,
  CASE WHEN k.contype = 'f' THEN
    ARRAY(SELECT (SELECT a.attname::text FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = k.confrelid AND a.attnum = u.n)
      FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u (n, i) ORDER BY u.i)
    ELSE '{}' END AS foreign_columns,
  k.confupdtype::text AS on_update, k.confdeltype::text AS on_delete,
  k.condeferrable AS deferrable, k.condeferred AS deferred,
  k.confmatchtype = 'f' AS match_full,
  CASE WHEN k.contype = 'f' AND k.confdeltype IN ('n', 'd') THEN ARRAY(SELECT a.attname::text
    FROM pg_catalog.jsonb_array_elements_text(
      NULLIF(pg_catalog.to_jsonb(k) -> 'confdelsetcols', 'null')) WITH ORDINALITY u (n, i)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n::int
    ORDER BY u.i) ELSE '{}' END AS set_columns,
  k.connoinherit AND k.contype = 'c' AS no_inherit, k.convalidated AS validated,
  CASE WHEN i.indnatts > i.indnkeyatts THEN ARRAY(SELECT a.attname::text
    FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY u (n, n_at)
    JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.n
    WHERE u.n_at > i.indnkeyatts ORDER BY u.n_at) ELSE '{}' END AS include,
  COALESCE((CASE WHEN k.contype = 'u' THEN pg_catalog.to_jsonb(i) ->> 'indnullsnotdistinct' END)::bool,
    false) AS nulls_not_distinct,
  pg_catalog.pg_get_expr(k.conbin, k.conrelid) AS expression,
  pg_catalog.pg_get_constraintdef(k.oid) AS definition,
  ARRAY(SELECT pg_catalog.format('COMMENT ON CONSTRAINT %I ON %s IS %L;', k.conname,
      c.oid::pg_catalog.regclass, o.description) WHERE o.description IS NOT NULL)
  || CASE WHEN y.description IS NULL AND (i.indisclustered OR i.indisreplident
    OR i.indexprs IS NOT NULL) IS NOT TRUE THEN '{}'
    ELSE ARRAY(", include_str!("index_extras.sql"), ") END AS extras
FROM pg_catalog.pg_constraint k
JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid AND k.contype = 'f'
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.relnamespace
LEFT JOIN pg_catalog.pg_description o ON o.objoid = k.oid
  AND o.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
LEFT JOIN pg_catalog.pg_description y ON y.objoid = x.oid AND y.objsubid = 0
  AND y.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
WHERE c.relnamespace = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND k.contype IN ('p', 'u', 'c', 'f', 'x') AND k.conparentid = 0
  AND (k.conislocal OR k.contype <> 'c')
ORDER BY k.conrelid, k.conname");

impl Assembly {
    pub(super) fn constraint(&mut self, row: Constraint) -> Result<(), DatabaseError> {
        let Some(name) = self.relations.get(&row.relation).cloned() else { return Ok(()) };
        let plain = is_plain(&row);
        let foreign_key = if row.kind == "f" { Some(self.foreign_key(&row)?) } else { None };
        let options = options(&row);
        self.extras(&name, &row.name, row.extras.clone());
        let Some(table) = self.schema.tables.get_mut(&name) else { return Ok(()) };
        let constraint = Some(row.name.clone());
        match (row.kind.as_str(), plain) {
            ("p", _) => {
                let columns = row.columns;
                table.primary_key = Some(PrimaryKey { name: constraint, columns, options });
                if plain {
                    return Ok(());
                }
            }
            ("u", true) => {
                let columns = row.columns;
                table.uniques.push(UniqueConstraint { name: constraint, columns, options });
                return Ok(());
            }
            ("c", true) => {
                let expression = row.expression.as_deref().unwrap_or_default();
                let expression = without_parentheses(expression).to_owned();
                table.checks.push(CheckConstraint { name: constraint, expression, options });
                return Ok(());
            }
            ("x", true) => {
                let definition = exclusion_definition(&row.definition);
                let deferrable = options.deferrable;
                table.exclusions.push(ExclusionConstraint {
                    name: constraint,
                    definition,
                    deferrable,
                });
                return Ok(());
            }
            ("f", true) => {
                table.foreign_keys.extend(foreign_key);
                return Ok(());
            }
            _ => {}
        }
        // What the model cannot say in full is kept as it is.
        let kind = match row.kind.as_str() {
            "p" => "primary key with options",
            "u" => "unique constraint with options",
            "c" => "check with options",
            "f" => "foreign key with options",
            _ => "exclusion constraint",
        };
        self.other(kind, name.sibling(row.name), Some(name.clone()), Some(row.definition));
        Ok(())
    }

    fn foreign_key(&self, row: &Constraint) -> Result<ForeignKey, DatabaseError> {
        let action = |code: &str| match code {
            "a" => Ok(ReferentialAction::NoAction),
            "r" => Ok(ReferentialAction::Restrict),
            "c" => Ok(ReferentialAction::Cascade),
            "n" => Ok(ReferentialAction::SetNull),
            "d" => Ok(ReferentialAction::SetDefault),
            other => Err(DatabaseError::Unreadable {
                object: format!("foreign key `{}`", row.name),
                reason: format!("its action `{other}` is none of a, r, c, n, d"),
            }),
        };
        let missing = || DatabaseError::Unreadable {
            object: format!("foreign key `{}`", row.name),
            reason: "the table that it refers to is gone".to_owned(),
        };
        let namespace = row.foreign_namespace.ok_or_else(missing)?;
        let schema = match self.namespaces.get(&namespace) {
            Some(known) => known.clone(),
            None => row.foreign_schema.clone(),
        };
        let name = row.foreign_table.clone().ok_or_else(missing)?;
        Ok(ForeignKey {
            options: ConstraintOptions { deferrable: Deferrable::default(), ..options(row) },
            name: Some(row.name.clone()),
            columns: row.columns.clone(),
            foreign_table: QualifiedName { schema, name },
            foreign_columns: row.foreign_columns.clone(),
            on_delete: action(&row.on_delete)?,
            on_update: action(&row.on_update)?,
            deferrable: deferrable(row),
        })
    }
}

fn deferrable(row: &Constraint) -> Deferrable {
    match (row.deferrable, row.deferred) {
        (false, _) => Deferrable::NotDeferrable,
        (true, false) => Deferrable::InitiallyImmediate,
        (true, true) => Deferrable::InitiallyDeferred,
    }
}

fn options(row: &Constraint) -> ConstraintOptions {
    ConstraintOptions {
        nulls_not_distinct: row.nulls_not_distinct,
        include: if row.kind == "x" { Vec::new() } else { row.include.clone() },
        deferrable: deferrable(row),
        match_full: row.match_full,
        set_columns: row.set_columns.clone(),
        no_inherit: row.no_inherit,
        not_valid: !row.validated,
        ..ConstraintOptions::default()
    }
}

/// `USING gist (room WITH =) WHERE …`: the text without `EXCLUDE` and without when it is checked.
fn exclusion_definition(definition: &str) -> String {
    let tokens = tokens(definition);
    let start = tokens.get(1).map_or(definition.len(), |token| token.start);
    let mut depth = 0_usize;
    let mut end = definition.len();
    for token in &tokens {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ if depth == 0 && token.is_word("deferrable") => end = token.start,
            _ => {}
        }
    }
    definition[start..end].trim_end().to_owned()
}

/// Whether the model can say all that the server says of the constraint: nothing of PostgreSQL 18's
/// `WITHOUT OVERLAPS`, `PERIOD` and `NOT ENFORCED`, no storage parameters, no tablespace.
fn is_plain(row: &Constraint) -> bool {
    let tokens = tokens(&row.definition);
    let outer = outside_parentheses(&tokens);
    let says = |word: &str| outer.iter().any(|token| token.is_word(word));
    let inside = |word: &str| tokens.iter().any(|token| token.is_word(word));
    let overlaps =
        tokens.windows(2).any(|pair| pair[0].is_word("without") && pair[1].is_word("overlaps"));
    match row.kind.as_str() {
        "p" | "u" | "x" => {
            !overlaps && !says("using") && !says("with") || row.kind == "x" && !says("with")
        }
        "f" => !inside("period") && !says("enforced"),
        "c" => !says("enforced"),
        _ => false,
    }
}

/// The tokens outside of parentheses, and the outermost parentheses themselves.
fn outside_parentheses<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut depth = 0_usize;
    let mut outer = Vec::new();
    for token in tokens {
        if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            outer.push(*token);
        }
        if token.is_symbol("(") {
            depth += 1;
        }
    }
    outer
}
