//! The answers of the user: `--rename old=new`.

use std::fmt;
use std::str::FromStr;

use super::{Rename, RenameError, column_object, table_object};
use crate::model::{QualifiedName, Schema};

/// One `--rename`, read but not yet held against the schemas.
///
/// | Written | Means |
/// |---|---|
/// | `old=new` | a table of the default schema |
/// | `table.old=new`, `table.old=table.new` | a column |
/// | `schema.old=new`, `schema.old=schema.new` | a table of a schema, if no column is meant |
/// | `schema.table.old=new` | a column of a table of a schema |
///
/// A name with a dot, `=` or quote in it stands in double quotes, a quote in it doubled:
/// `"odd.table"."a=b"=c`. The table of a column may be written under its old or its new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    text: String,
    from: Vec<String>,
    to: Vec<String>,
}

impl FromStr for Answer {
    type Err = RenameError;

    fn from_str(text: &str) -> Result<Self, RenameError> {
        let error = |reason| RenameError::Syntax { answer: text.to_owned(), reason };
        let mut sides = vec![vec![String::new()]];
        let (mut quoted, mut closed) = (false, false);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let side = sides.last_mut().expect("there is always a side");
            let part = side.last_mut().expect("a side has a part");
            match c {
                '"' if quoted && chars.next_if_eq(&'"').is_some() => part.push('"'),
                '"' if quoted => (quoted, closed) = (false, true),
                '"' if part.is_empty() && !closed => quoted = true,
                '"' => return Err(error("a quote stands inside a name")),
                c if quoted => part.push(c),
                '.' | '=' if part.is_empty() => return Err(error("a name is empty")),
                '.' => {
                    side.push(String::new());
                    closed = false;
                }
                '=' => {
                    sides.push(vec![String::new()]);
                    closed = false;
                }
                _ if closed => return Err(error("text follows a quoted name")),
                c => part.push(c),
            }
        }
        if quoted {
            return Err(error("a quote is not closed"));
        }
        let [from, to] = <[Vec<String>; 2]>::try_from(sides)
            .map_err(|_| error("expected one `=` between the old and the new name"))?;
        if from.iter().chain(&to).any(String::is_empty) {
            return Err(error("a name is empty"));
        }
        if from.len() > 3 || to.len() > from.len() {
            return Err(error("it has too many parts"));
        }
        Ok(Self { text: text.to_owned(), from, to })
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Answer {
    /// Two parts are a table of a schema where there is one, unless the first names a table that has
    /// the second; everything else is a column.
    pub(super) fn means_column(&self, from: &Schema) -> bool {
        match self.from.as_slice() {
            [table, column] => {
                let table = from.table(&QualifiedName::new(table));
                let has = table.is_some_and(|table| table.column(column).is_some());
                has || !from.tables.contains_key(&name_of(&self.from))
            }
            parts => parts.len() == 3,
        }
    }

    /// The rename of a table.
    pub(super) fn table_rename(&self, from: &Schema, to: &Schema) -> Result<Rename, RenameError> {
        let old = name_of(&self.from);
        let new = match self.to.as_slice() {
            [name] => old.sibling(name),
            parts => name_of(parts),
        };
        if old.schema != new.schema {
            return Err(self.moves());
        }
        if !from.tables.contains_key(&old) {
            return Err(RenameError::NoSuchTable { table: old });
        }
        if to.tables.contains_key(&old) {
            return Err(RenameError::StillWanted { object: table_object(&old) });
        }
        if !to.tables.contains_key(&new) {
            return Err(RenameError::NotWanted { object: table_object(&new) });
        }
        if from.tables.contains_key(&new) {
            return Err(RenameError::AlreadyThere { object: table_object(&new) });
        }
        Ok(Rename::table(old, new.name))
    }

    /// The rename of a column. `from` has the tables under their new names already.
    pub(super) fn column_rename(
        &self,
        from: &Schema,
        to: &Schema,
        tables: &[Rename],
    ) -> Result<Rename, RenameError> {
        let current = |name: QualifiedName| {
            let renamed = tables.iter().find(|rename| rename.table == name);
            renamed.map_or(name, |rename| rename.table.sibling(&rename.to))
        };
        let (old, table) = self.from.split_last().expect("a path has a part");
        let table = current(name_of(table));
        let (new, new_table) = self.to.split_last().expect("a path has a part");
        if !new_table.is_empty() && current(name_of(new_table)) != table {
            return Err(self.moves());
        }
        let Some(before) = from.table(&table) else {
            return Err(RenameError::NoSuchTable { table });
        };
        if before.column(old).is_none() {
            return Err(RenameError::NoSuchColumn { table, column: old.clone() });
        }
        let after = to.table(&table);
        if after.is_some_and(|after| after.column(old).is_some()) {
            return Err(RenameError::StillWanted { object: column_object(&table, old) });
        }
        if after.is_none_or(|after| after.column(new).is_none()) {
            return Err(RenameError::NotWanted { object: column_object(&table, new) });
        }
        if before.column(new).is_some() {
            return Err(RenameError::AlreadyThere { object: column_object(&table, new) });
        }
        Ok(Rename::column(table, old, new))
    }

    fn moves(&self) -> RenameError {
        RenameError::Moves { from: self.from.join("."), to: self.to.join(".") }
    }
}

fn name_of(parts: &[String]) -> QualifiedName {
    match parts {
        [schema, name] => QualifiedName::in_schema(schema, name),
        parts => QualifiedName::new(parts.last().map(String::as_str).unwrap_or_default()),
    }
}

/// Writes a qualified name as an answer takes it.
pub(super) fn path(f: &mut fmt::Formatter<'_>, name: &QualifiedName) -> fmt::Result {
    if let Some(schema) = &name.schema {
        part(f, schema)?;
        f.write_str(".")?;
    }
    part(f, &name.name)
}

/// Writes one name as an answer takes it.
pub(super) fn part(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    if name.is_empty() || name.contains(['.', '=', '"']) {
        write!(f, "\"{}\"", name.replace('"', "\"\""))
    } else {
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let answer: Answer = text.parse().map_err(|error: RenameError| error.to_string())?;
        Ok((answer.from, answer.to))
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn names_are_parted_by_dots_outside_of_quotes() {
        for (text, from, to) in [
            ("session=visit", &["session"][..], &["visit"][..]),
            ("session.plan=tier", &["session", "plan"], &["tier"]),
            ("session.plan=session.tier", &["session", "plan"], &["session", "tier"]),
            ("audit.session.plan=tier", &["audit", "session", "plan"], &["tier"]),
            (r#""odd.table"."a=b"="x""y""#, &["odd.table", "a=b"], &["x\"y"]),
            ("Grüße=gr", &["Grüße"], &["gr"]),
            ("a b=c d", &["a b"], &["c d"]),
        ] {
            assert_eq!(parts(text), Ok((owned(from), owned(to))), "{text}");
        }
    }

    #[test]
    fn what_is_no_rename_says_why() {
        for (text, reason) in [
            ("session", "expected one `=` between the old and the new name"),
            ("a=b=c", "expected one `=` between the old and the new name"),
            ("=b", "a name is empty"),
            ("a=", "a name is empty"),
            ("a.=b", "a name is empty"),
            ("\"\"=b", "a name is empty"),
            ("\"a=b", "a quote is not closed"),
            ("a\"b\"=c", "a quote stands inside a name"),
            ("\"a\"b=c", "text follows a quoted name"),
            ("a.b.c.d=e", "it has too many parts"),
            ("a=b.c", "it has too many parts"),
        ] {
            assert_eq!(parts(text), Err(format!("`{text}` is no rename: {reason}")), "{text}");
        }
    }

    #[test]
    fn a_rename_is_shown_as_an_answer() {
        for text in ["session=visit", "session.plan=tier", r#""odd.table"."a=b"="x""y""#] {
            let answer: Answer = text.parse().expect("an answer");
            let shown = match answer.from.as_slice() {
                [table, column] => Rename::column(table.as_str(), column, &answer.to[0]),
                parts => Rename::table(name_of(parts), &answer.to[0]),
            };
            assert_eq!(shown.to_string(), text);
        }
    }
}
