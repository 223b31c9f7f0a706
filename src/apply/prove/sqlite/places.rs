//! Views and triggers that take the columns of a table by their places: `INSERT INTO t VALUES (…)`,
//! `CREATE VIEW v (a, b) AS SELECT * FROM t`. Once one column went and another one came they mean
//! something else, and SQLite says nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{ProveError, Stage};
use crate::backend::sqlite::stored::{TokenKind, tokens, unquote};
use crate::model::{OtherObject, QualifiedName, Schema, Table};

/// The names of columns that came or went, by table or view, all in small letters.
type Changed = BTreeMap<String, BTreeSet<String>>;

/// Refuses a change that gives other columns to what stays as it is and names none.
pub(super) fn shifted(stage: Stage, from: &Schema, to: &Schema) -> Result<(), ProveError> {
    let mut changed = changed_tables(from, to);
    if changed.is_empty() {
        return Ok(());
    }
    let views = views(from, to);
    with_views(&mut changed, &views);
    let triggers = to.others.iter().filter(|it| it.kind == "trigger" && from.others.contains(it));
    let triggers = triggers.filter_map(|it| Some((trigger_title(it), it.sql.clone()?)));
    let views = views.into_iter().map(|(name, sql)| (format!("view `{name}`"), sql));
    for (object, sql) in views.chain(triggers) {
        for statement in statements(&sql) {
            let name = statement.by_place(&changed).map(|name| {
                format!(
                    "takes the columns of `{name}` by their places, and other ones are there then"
                )
            });
            let joined = || {
                let (one, other) = statement.joined(&changed, from, to)?;
                Some(format!(
                    "joins `{one}` and `{other}` by all names that both have, which change"
                ))
            };
            if let Some(what) = name.or_else(joined) {
                let message = format!("it {what}; write the names of the columns in it first");
                return Err(ProveError::Broken { stage, object, message });
            }
        }
    }
    Ok(())
}

fn trigger_title(trigger: &OtherObject) -> String {
    let of = trigger.table.as_ref().map(|table| format!(" of `{table}`")).unwrap_or_default();
    format!("trigger `{}`{of}", trigger.name)
}

fn column_names(table: &Table) -> BTreeSet<String> {
    table.columns.iter().map(|column| column.name.to_lowercase()).collect()
}

fn changed_tables(from: &Schema, to: &Schema) -> Changed {
    let of = |(name, old): (&QualifiedName, &Table)| {
        let (old, new) = (column_names(old), column_names(to.tables.get(name)?));
        let differ: BTreeSet<_> = old.symmetric_difference(&new).cloned().collect();
        (!differ.is_empty()).then(|| (name.name.to_lowercase(), differ))
    };
    from.tables.iter().filter_map(of).collect()
}

/// The views that stay as they are, by name, with their texts.
fn views(from: &Schema, to: &Schema) -> Vec<(String, String)> {
    let stay = from
        .views
        .iter()
        .filter(|(name, view)| to.views.get(*name).is_some_and(|other| other.is_same(view)));
    stay.filter_map(|(name, view)| Some((name.name.clone(), view.stored.clone()?))).collect()
}

/// A view of all columns of what changes has other columns, too.
fn with_views(changed: &mut Changed, views: &[(String, String)]) {
    loop {
        let before = changed.len();
        for (name, sql) in views {
            if changed.contains_key(&name.to_lowercase()) {
                continue;
            }
            let mut parts = statements(sql);
            let on = parts.find_map(|statement| {
                let takes_all = statement.stars().next().is_some();
                let on = statement.mentioned(changed)?;
                takes_all.then(|| changed[&on].clone())
            });
            if let Some(differ) = on {
                changed.insert(name.to_lowercase(), differ);
            }
        }
        if changed.len() == before {
            return;
        }
    }
}

/// A word of a text, as written.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    kind: TokenKind,
}

impl Word<'_> {
    fn is(self, word: &str) -> bool {
        matches!(self.kind, TokenKind::Word | TokenKind::Symbol)
            && self.text.eq_ignore_ascii_case(word)
    }

    fn is_one_of(self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// The name that it may be, in small letters.
    fn name(self) -> Option<String> {
        matches!(self.kind, TokenKind::Word | TokenKind::Quoted)
            .then(|| unquote(self.text).to_lowercase())
    }
}

/// The SELECT of a view, or what stands between two semicolons of a trigger.
struct Statement<'a> {
    words: Vec<Word<'a>>,
    /// Whether a view gives its columns names of its own.
    is_named: bool,
}

/// The statements of a view or trigger.
fn statements(sql: &str) -> impl Iterator<Item = Statement<'_>> {
    let all = tokens(sql).unwrap_or_default();
    let words = all.into_iter().map(|it| Word { text: &sql[it.range], kind: it.kind });
    let words: Vec<_> = words.collect();
    let is_view = words.iter().take(4).any(|word| word.is("VIEW"));
    let (start, end) = match words.iter().position(|it| it.is(if is_view { "AS" } else { "BEGIN" }))
    {
        Some(at) => (at + 1, at),
        None => (0, 0),
    };
    let is_named = is_view && words[..end].last().is_some_and(|word| word.is(")"));
    // What a trigger asks before it runs is a statement of its own.
    let when = words[..end].iter().position(|word| !is_view && word.is("WHEN"));
    let when = when.map(|at| &words[at + 1..end]);
    let parts: Vec<_> = when
        .into_iter()
        .chain(words[start..].split(|word| word.is(";")))
        .map(|words| Statement { words: words.to_vec(), is_named })
        .collect();
    parts.into_iter()
}

/// What a value stands in.
const CLAUSES: &[&str] =
    &["SELECT", "WHERE", "VALUES", "SET", "BY", "HAVING", "RETURNING", "LIMIT"];

const COMPOUND: &[&str] = &["UNION", "EXCEPT", "INTERSECT"];

impl Statement<'_> {
    /// The first of the names that is written in it.
    fn mentioned(&self, changed: &Changed) -> Option<String> {
        let names = self.words.iter().filter_map(|word| word.name());
        names.into_iter().find(|name| changed.contains_key(name))
    }

    /// What it takes by place.
    fn by_place(&self, changed: &Changed) -> Option<String> {
        let mentioned = self.mentioned(changed)?;
        let target = self.insert_target().filter(|name| changed.contains_key(name));
        let listed = || {
            let mut pairs = self.words.windows(2).filter(|pair| pair[0].is("IN"));
            pairs.find_map(|pair| pair[1].name().filter(|name| changed.contains_key(name)))
        };
        target.or_else(listed).or_else(|| {
            let mut stars = self.stars();
            stars.any(|(group, _)| self.is_by_place(group)).then_some(mentioned)
        })
    }

    /// The table of an INSERT without a list of columns.
    fn insert_target(&self) -> Option<String> {
        let at = self.words.iter().position(|word| word.is("INTO"))?;
        let mut rest = &self.words[at + 1..];
        let mut name = rest.first()?.name()?;
        rest = &rest[1..];
        if let [dot, second, ..] = rest
            && dot.is(".")
        {
            name = second.name()?;
            rest = &rest[2..];
        }
        if rest.first().is_some_and(|word| word.is("AS")) {
            rest = rest.get(2..)?;
        }
        let next = rest.first()?;
        (!next.is_one_of(&["(", "DEFAULT"])).then_some(name)
    }

    /// Each `*` that stands for columns: the parenthesis around it, and its place.
    fn stars(&self) -> impl Iterator<Item = (Option<usize>, usize)> {
        let mut open: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for (at, word) in self.words.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| self.words[at]);
            if word.is("(") {
                open.push(at);
            } else if word.is(")") {
                open.pop();
            } else if word.is("*")
                && before.is_some_and(|it| it.is_one_of(&["SELECT", "DISTINCT", "ALL", ",", "."]))
            {
                found.push((open.last().copied(), at));
            }
        }
        found.into_iter()
    }

    /// Whether the place of a column counts in the SELECT within this parenthesis.
    fn is_by_place(&self, group: Option<usize>) -> bool {
        if self.compounds().contains(&group) || self.orders_by_place(group) {
            return true;
        }
        let Some(at) = group else {
            return self.is_named || self.words.iter().any(|word| word.is("INTO"));
        };
        let before = |n: usize| at.checked_sub(n).map(|at| self.words[at]);
        let Some(word) = before(1) else { return self.is_named };
        match word.is_one_of(&["AS", "MATERIALIZED"]) {
            // `WITH c (a, b) AS (SELECT *`
            true => (2..=4).filter_map(before).any(|word| word.is(")")),
            false => !word.is("EXISTS") && !self.is_source(at),
        }
    }

    /// Whether a parenthesis stands among the tables of a FROM, and not for a value.
    fn is_source(&self, at: usize) -> bool {
        let mut closed = 0;
        for (before, word) in self.words[..at].iter().enumerate().rev() {
            match word.text {
                ")" => closed += 1,
                "(" if closed > 0 => closed -= 1,
                "(" => {
                    let call = before.checked_sub(1).map(|at| self.words[at]);
                    return call.is_none() || self.is_source(before);
                }
                _ if closed > 0 => {}
                _ if word.is_one_of(&["FROM", "JOIN"]) => return true,
                "," => {}
                // Behind a table and its ON there may be another table.
                _ if before + 1 == at || word.is_one_of(CLAUSES) => return false,
                _ => {}
            }
        }
        true
    }

    /// Whether an ORDER BY or GROUP BY within this parenthesis says the number of a column.
    fn orders_by_place(&self, group: Option<usize>) -> bool {
        let (mut open, mut is_term) = (Vec::new(), false);
        for (at, word) in self.words.iter().enumerate() {
            if word.is(")") {
                open.pop();
            }
            if open.last().copied() == group {
                let number = word.text.bytes().all(|byte| byte.is_ascii_digit());
                let before = at.checked_sub(1).map(|at| self.words[at]);
                let starts = before.is_some_and(|it| it.is_one_of(&["BY", ","]));
                is_term = word.is("BY") || is_term && !word.is_one_of(&["LIMIT", "HAVING"]);
                if is_term && starts && number {
                    return true;
                }
            }
            if word.is("(") {
                open.push(at);
            }
        }
        false
    }

    /// The parentheses that hold more than one SELECT.
    fn compounds(&self) -> BTreeSet<Option<usize>> {
        let mut open: Vec<usize> = Vec::new();
        let mut found = BTreeSet::new();
        for (at, word) in self.words.iter().enumerate() {
            if word.is("(") {
                open.push(at);
            } else if word.is(")") {
                open.pop();
            } else if word.is_one_of(COMPOUND) {
                found.insert(open.last().copied());
            }
        }
        found
    }

    /// Two tables of a NATURAL JOIN, of which one gets or loses a column that the other one has.
    fn joined(&self, changed: &Changed, from: &Schema, to: &Schema) -> Option<(String, String)> {
        self.words.iter().find(|word| word.is("NATURAL"))?;
        let names: BTreeSet<String> = self.words.iter().filter_map(|word| word.name()).collect();
        let columns = |table: &str| -> BTreeSet<String> {
            let all = from.tables.iter().chain(&to.tables);
            let of = all.filter(|(name, _)| name.name.eq_ignore_ascii_case(table));
            of.flat_map(|(_, table)| column_names(table)).collect()
        };
        names.iter().find_map(|one| {
            let differ = changed.get(one)?;
            let other =
                names.iter().find(|other| *other != one && !columns(other).is_disjoint(differ))?;
            Some((one.clone(), other.clone()))
        })
    }
}
