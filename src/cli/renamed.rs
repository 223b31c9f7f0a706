//! The renames that scripts make, read from their statements.

use crate::files::statement::{Lexeme, lexemes, split};
use crate::model::Backend;

/// The renames of tables and columns in scripts that run one after the other, each as `--rename`
/// takes it: from the name before all of them to the name after.
pub(super) fn of(backend: Backend, scripts: &[String]) -> Vec<String> {
    let mut names = Names::default();
    for script in scripts {
        for piece in split(backend, script) {
            names.follow(&mut lexemes(backend, piece.text).iter());
        }
    }
    names.answers()
}

/// A name before and after, and the table of a column by its name before.
#[derive(Debug)]
struct Renamed {
    table: Option<Vec<String>>,
    from: Vec<String>,
    to: Vec<String>,
}

#[derive(Debug, Default)]
struct Names(Vec<Renamed>);

type Lexemes<'a, 'b> = std::slice::Iter<'a, Lexeme<'b>>;

impl Names {
    /// `ALTER TABLE name RENAME TO name`, `ALTER TABLE name RENAME [COLUMN] name TO name`, and nothing
    /// else.
    fn follow(&mut self, words: &mut Lexemes<'_, '_>) -> Option<()> {
        take(words, "ALTER")?;
        take(words, "TABLE")?;
        for option in ["IF", "EXISTS", "ONLY"] {
            let _ = take(words, option);
        }
        let table = name(words)?;
        take(words, "RENAME")?;
        if take(words, "TO").is_some() {
            let to = name(words)?;
            // Only the last part of a table's name changes.
            let schema = &table[..table.len() - 1];
            self.rename(None, &table, [schema, &to[to.len() - 1..]].concat());
            return Some(());
        }
        let _ = take(words, "COLUMN");
        let from = name(words)?;
        take(words, "TO")?;
        let to = name(words)?;
        let table = self.before(None, &table);
        self.rename(Some(table), &from, to);
        Some(())
    }

    /// What the name was before all renames.
    fn before(&self, table: Option<&[String]>, name: &[String]) -> Vec<String> {
        let known = self.0.iter().find(|it| it.table.as_deref() == table && it.to == name);
        known.map_or_else(|| name.to_vec(), |it| it.from.clone())
    }

    fn rename(&mut self, table: Option<Vec<String>>, from: &[String], to: Vec<String>) {
        match self.0.iter_mut().find(|it| it.table == table && it.to == from) {
            Some(known) => known.to = to,
            None => self.0.push(Renamed { table, from: from.to_vec(), to }),
        }
    }

    /// Tables first: a column is looked for in a table that has its new name.
    fn answers(self) -> Vec<String> {
        let (columns, tables): (Vec<_>, Vec<_>) =
            self.0.into_iter().filter(|it| it.from != it.to).partition(|it| it.table.is_some());
        let moved = tables.into_iter().chain(columns);
        moved
            .map(|it| {
                let from: Vec<_> = it.table.into_iter().flatten().chain(it.from).collect();
                format!("{}={}", quoted(&from), quoted(&it.to))
            })
            .collect()
    }
}

fn take(words: &mut Lexemes<'_, '_>, word: &str) -> Option<()> {
    let (first, rest) = words.as_slice().split_first()?;
    first.is(word).then(|| *words = rest.iter())
}

/// A name with the schema before it, unless that is the one that SQLite calls `main`.
fn name(words: &mut Lexemes<'_, '_>) -> Option<Vec<String>> {
    let mut parts = vec![words.next()?.plain()?];
    while take(words, ".").is_some() {
        parts.push(words.next()?.plain()?);
    }
    if parts.len() > 1 && parts[0].eq_ignore_ascii_case("main") {
        parts.remove(0);
    }
    Some(parts)
}

fn quoted(parts: &[String]) -> String {
    let parts: Vec<_> =
        parts.iter().map(|part| format!("\"{}\"", part.replace('"', "\"\""))).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renames_are_followed_from_script_to_script() {
        let scripts = [
            "ALTER TABLE a RENAME TO b;\nALTER TABLE \"b\" RENAME COLUMN x TO y;",
            "ALTER TABLE main.b RENAME y TO \"a\"\"z\"; ALTER TABLE b ADD COLUMN w; DROP TABLE b",
            "ALTER TABLE u RENAME TO v; ALTER TABLE v RENAME TO u;",
        ];
        let scripts = scripts.map(str::to_owned);
        assert_eq!(of(Backend::Sqlite, &scripts), [r#""a"="b""#, r#""a"."x"="a""z""#],);
        let postgres = ["ALTER TABLE IF EXISTS ONLY s.t RENAME c TO d".to_owned()];
        assert_eq!(of(Backend::Postgres, &postgres), [r#""s"."t"."c"="d""#]);
    }
}
