//! A migration that stands for several: the comment at its head holds them word for word, so that
//! whoever has some of them applied goes on with the rest.
//!
//! ```text
//! -- glowplug: squash
//! -- glowplug: migration 2026-01-01-000000-0000_one in a transaction
//! -- glowplug: up
//! -- | CREATE TABLE one (id INTEGER);
//! -- glowplug: down
//! -- | DROP TABLE one;
//! -- glowplug: end
//! ```

use super::Version;

/// The first line of such a migration.
const HEAD: &str = "-- glowplug: squash";
const MIGRATION: &str = "-- glowplug: migration ";
const INSIDE: &str = " in a transaction";
const OUTSIDE: &str = " outside a transaction";
const UP: &str = "-- glowplug: up";
const DOWN: &str = "-- glowplug: down";
const END: &str = "-- glowplug: end";
const LINE: &str = "-- | ";

/// A migration that another one stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Squashed {
    /// The name of the directory it had.
    pub name: String,
    /// Whether it runs in a transaction.
    pub run_in_transaction: bool,
    /// The text of up.sql.
    pub up: String,
    /// The text of down.sql, if there was one.
    pub down: Option<String>,
}

impl Squashed {
    /// Its version.
    #[must_use]
    pub fn version(&self) -> Version {
        Version::of_directory(&self.name)
    }
}

/// The migrations that this up.sql stands for, in their order; `None` where it stands for itself.
///
/// ```
/// use glowplug::files::squash::{Squashed, head, read};
///
/// let (name, up) = ("1_a".to_owned(), "SELECT 1;\r\nSELECT '\\';".to_owned());
/// let one = Squashed { name, run_in_transaction: true, up, down: None };
/// assert_eq!(read(&head(&[one.clone()])), Some(vec![one]));
/// assert_eq!(read("SELECT 1;"), None);
/// ```
#[must_use]
pub fn read(up: &str) -> Option<Vec<Squashed>> {
    let mut lines = super::without_bom(up).split('\n').map(|line| line.trim_end_matches('\r'));
    if lines.next() != Some(HEAD) {
        return None;
    }
    let mut squashed: Vec<Squashed> = Vec::new();
    // The text that is being read; none before the first `up`.
    let mut text: Option<Vec<String>> = None;
    let mut is_up = true;
    for line in lines {
        if let Some(line) = line.strip_prefix(LINE) {
            text.as_mut()?.push(unescaped(line));
            continue;
        }
        // An editor may have cut the space at the end of an empty line.
        if line == LINE.trim_end() {
            text.as_mut()?.push(String::new());
            continue;
        }
        if let Some(lines) = text.take() {
            let last = squashed.last_mut()?;
            let joined = lines.join("\n");
            if is_up { last.up = joined } else { last.down = Some(joined) }
        }
        match line {
            UP | DOWN => (text, is_up) = (Some(Vec::new()), line == UP),
            END => return Some(squashed),
            line => {
                if let Some(name) = line.strip_prefix(MIGRATION) {
                    squashed.push(named(name)?);
                }
            }
        }
    }
    None
}

fn named(line: &str) -> Option<Squashed> {
    let (name, run_in_transaction) = match line.strip_suffix(INSIDE) {
        Some(name) => (name, true),
        None => (line.strip_suffix(OUTSIDE)?, false),
    };
    Some(Squashed { name: unescaped(name), run_in_transaction, up: String::new(), down: None })
}

/// The comment that holds these migrations; [`read`] gives them back.
#[must_use]
pub fn head(squashed: &[Squashed]) -> String {
    let mut text = format!(
        "{HEAD}\n\
         -- One migration for {} of them, which follow word for word. glowplug still runs them one by one\n\
         -- in a database that has some of them, and takes them back one by one where they were applied so.\n",
        squashed.len()
    );
    for one in squashed {
        let place = if one.run_in_transaction { INSIDE } else { OUTSIDE };
        text.push_str(&format!("{MIGRATION}{}{place}\n", escaped(&one.name)));
        let texts = [(UP, Some(&one.up)), (DOWN, one.down.as_ref())];
        for (mark, sql) in texts {
            let Some(sql) = sql else { continue };
            text.push_str(&format!("{mark}\n"));
            for line in sql.split('\n') {
                text.push_str(&format!("{LINE}{}\n", escaped(line)));
            }
        }
    }
    text.push_str(END);
    text.push('\n');
    text
}

/// The text without the comment.
#[must_use]
pub fn body(up: &str) -> &str {
    let end = format!("\n{END}\n");
    match up.split_once(&end) {
        Some((_, body)) if up.starts_with(HEAD) => body,
        _ => up,
    }
}

/// PostgreSQL ends a comment at a carriage return, too.
fn escaped(line: &str) -> String {
    line.replace('\\', "\\\\").replace('\r', "\\r").replace('\n', "\\n")
}

fn unescaped(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('r') => text.push('\r'),
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, up: &str, down: Option<&str>) -> Squashed {
        Squashed {
            name: name.to_owned(),
            run_in_transaction: !name.ends_with('x'),
            up: up.to_owned(),
            down: down.map(str::to_owned),
        }
    }

    #[test]
    fn what_is_written_is_read_back_to_the_letter() {
        let hostile =
            "-- glowplug: end\n-- | x\n\r\\r\\\n\n-- glowplug: migration y in a transaction";
        let inner = head(&[one("0_z", hostile, Some(""))]) + "SELECT 1;\n";
        let all = vec![
            one("1_a", "SELECT 1;", None),
            one("2_b in a transaction", hostile, Some("\n")),
            one("3_x", &inner, Some("SELECT 2;\r\n")),
        ];
        let text = head(&all) + "SELECT 3;\n";
        assert_eq!(read(&text), Some(all.clone()));
        assert_eq!(read(&text.replace('\n', "\r\n")), Some(all));
        assert_eq!(body(&text), "SELECT 3;\n");
        assert!(head(&[one("1_a", hostile, None)]).lines().all(|line| line.starts_with("--")));
        assert!(!head(&[one("1_a", hostile, None)]).contains('\r'));
    }

    #[test]
    fn what_is_broken_is_no_squash() {
        let whole = head(&[one("1_a", "SELECT 1;", None)]);
        for broken in [
            String::new(),
            HEAD.to_owned(),
            whole.replace(END, "-- end"),
            whole.replace(INSIDE, ""),
            format!("\n{whole}"),
        ] {
            assert_eq!(read(&broken), None, "{broken}");
        }
    }
}
