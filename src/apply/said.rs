//! What SQLite says where the statement that met it is not to blame: the database is broken already,
//! or the connection lacks what only an application can give it.

use std::fmt;

/// Such an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said<'a> {
    /// A collation, function or module that is not SQLite's own, and not registered.
    Lacks(Lacking<'a>),
    /// A view or trigger that was broken before: SQLite reads them all before it alters a table.
    Broken {
        /// ``view `v` ``
        object: String,
        /// What is wrong in it.
        why: &'a str,
    },
    /// A foreign key that SQLite cannot check, nor any other while it is there: what it refers to is
    /// not there, or not unique.
    Mismatch {
        /// The table that has it.
        child: &'a str,
        /// The table that it refers to.
        parent: &'a str,
    },
    /// One that the statement would break.
    Breaks {
        /// ``view `v` ``
        object: String,
        /// What would be wrong in it.
        why: &'a str,
    },
}

/// ``collation `unicase` ``
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lacking<'a> {
    kind: &'static str,
    pub(crate) name: &'a str,
}

impl fmt::Display for Lacking<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)
    }
}

/// What SQLite says of a thing that it lacks.
const LACKING: [(&str, &str); 3] = [
    ("no such collation sequence: ", "collation"),
    ("no such function: ", "function"),
    ("no such module: ", "module"),
];

/// What stands behind the name of a broken object when it was not broken before (`zWhen` of
/// `renameTestSchema()` in SQLite's alter.c).
const AFTER: [&str; 3] = [" after rename", " after drop column", " after add column"];

impl<'a> Said<'a> {
    /// What a message says, if it is one of these.
    pub(crate) fn of(message: &'a str) -> Option<Self> {
        let lacking = LACKING.iter().find_map(|(words, kind)| {
            let (_, name) = message.split_once(words)?;
            Some(Self::Lacks(Lacking { kind, name: name.trim_end() }))
        });
        let mismatch = || {
            let (_, rest) = message.split_once("foreign key mismatch - \"")?;
            let (child, parent) = rest.split_once("\" referencing \"")?;
            Some(Self::Mismatch { child, parent: parent.trim_end().strip_suffix('"')? })
        };
        lacking.or_else(mismatch).or_else(|| {
            let rest = message.strip_prefix("error in ")?;
            let (kind, rest) = rest.split_once(' ')?;
            let (name, why) = rest.split_once(": ")?;
            let before = AFTER.iter().find_map(|after| name.strip_suffix(after));
            let object = format!("{kind} `{}`", before.unwrap_or(name));
            Some(match before {
                Some(_) => Self::Breaks { object, why },
                None => Self::Broken { object, why },
            })
        })
    }

    /// What can be done about it where a migration failed so.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Lacks(lacking) => format!(
                "if the {lacking} is one that the application registers, let the application apply \
                 the migration, with `MigrationManager`"
            ),
            Self::Broken { object, why } => format!(
                "{object} is broken ({why}), and SQLite alters no table while it is there: mend or \
                 drop it, and run the migration again"
            ),
            Self::Mismatch { child, parent } => format!(
                "a foreign key of `{child}` refers to columns of `{parent}` that are not there, or not \
                 unique: a unique index over them mends it"
            ),
            Self::Breaks { object, why } => format!(
                "the change would break {object} ({why}): the migration has to drop it before, and \
                 make it again as it is then"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn what_is_wrong_elsewhere_is_told_from_a_mistake() {
        let told = |message| Said::of(message).map(|said| format!("{said:?}"));
        let lacks = "Lacks(Lacking { kind: \"collation\", name: \"unicase\" })";
        assert_eq!(told("no such collation sequence: unicase").as_deref(), Some(lacks));
        let within = told("error in index i: no such collation sequence: unicase");
        assert_eq!(within.as_deref(), Some(lacks));
        assert_eq!(
            told("error in view a b: no such table: main.c: d").as_deref(),
            Some("Broken { object: \"view `a b`\", why: \"no such table: main.c: d\" }")
        );
        assert_eq!(
            told("error in trigger t after rename: no such column: NEW.x").as_deref(),
            Some("Breaks { object: \"trigger `t`\", why: \"no such column: NEW.x\" }")
        );
        assert_eq!(
            told("foreign key mismatch - \"a b\" referencing \"c\"").as_deref(),
            Some("Mismatch { child: \"a b\", parent: \"c\" }")
        );
        assert_eq!(told("no such table: a"), None);
    }
}
