//! A migration's text as what is run: statements, and the steps of one that runs outside a
//! transaction.

use super::names::{self, ConcurrentIndex};
use crate::files::statement::{Lexeme, Piece, lexemes, split};
use crate::model::Backend;

/// A statement of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) sql: String,
    pub(super) line: usize,
    words: Vec<String>,
}

/// The statements of a text, blank ones left out.
pub(super) fn statements(backend: Backend, text: &str) -> Vec<Statement> {
    let pieces = split(backend, text).into_iter().filter(|piece| !piece.is_blank());
    pieces
        .map(|piece: Piece<'_>| Statement {
            sql: piece.text.to_owned(),
            line: piece.line,
            words: piece.words().to_vec(),
        })
        .collect()
}

/// What stands before a parenthesis in a query of MySQL that changes nothing.
const HARMLESS: [&str; 22] = [
    "AND", "AS", "CAST", "COALESCE", "CONCAT", "COUNT", "DATABASE", "EXISTS", "FROM", "IF",
    "IFNULL", "IN", "MAX", "MIN", "NOT", "NOW", "OR", "SELECT", "SLEEP", "SUM", "VERSION", "WHERE",
];

/// How statements begin that define something.
const DEFINITIONS: [&[&str]; 9] = [
    &["CREATE", "TABLE"],
    &["CREATE", "INDEX"],
    &["CREATE", "UNIQUE", "INDEX"],
    &["CREATE", "TYPE"],
    &["CREATE", "SEQUENCE"],
    &["ALTER", "TABLE"],
    &["ALTER", "TYPE"],
    &["DROP"],
    &["COMMENT", "ON"],
];

impl Statement {
    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    pub(super) fn begins(&self) -> bool {
        matches!(self.words()[..], ["BEGIN", ..] | ["START", "TRANSACTION", ..])
    }

    fn commits(&self) -> bool {
        match self.words()[..] {
            ["COMMIT", "PREPARED", ..] => false,
            ["COMMIT" | "END", ..] => !self.chains(),
            _ => false,
        }
    }

    /// PostgreSQL: whether the statements after it may run as somebody else. A function may say so.
    pub(super) fn may_change_role(&self) -> bool {
        let sets = matches!(self.words()[..], ["SET" | "RESET" | "BEGIN" | "COMMIT", ..]);
        !self.only_defines() && (!sets || self.says_any(&["ROLE", "AUTHORIZATION", "ALL"]))
    }

    /// Whether the next migration might find other settings of the connection after it, or something
    /// that lives as long as the session. SQLite has few statements for that; elsewhere a function
    /// that is called may do so. To ask PostgreSQL for its settings takes as long as to create a
    /// table: what only defines something is taken at its word until the end of the run, when they
    /// are put back in any case.
    pub(super) fn may_change_settings(&self, backend: Backend) -> bool {
        match backend {
            Backend::Sqlite => match self.words()[..] {
                ["PRAGMA" | "ATTACH" | "DETACH", ..] => true,
                ["CREATE", ..] => self.says_any(&["TEMP"]),
                _ => false,
            },
            Backend::Postgres => !self.only_defines(),
            Backend::Mysql => true,
        }
    }

    /// PostgreSQL: whether it changes the schema, and neither queries anything nor computes values of
    /// rows that are there, which may call any function.
    fn only_defines(&self) -> bool {
        let computes: &[&str] = match self.words()[..] {
            ["ALTER", "TABLE", ..] => &["DEFAULT", "USING", "CHECK", "GENERATED", "VALIDATE"],
            _ => &[],
        };
        DEFINITIONS.iter().any(|start| self.words().starts_with(start))
            && !self.says_any(&["SELECT", "SET_CONFIG", "EXECUTE", "TEMP"])
            && !self.says_any(computes)
    }

    /// Whether glowplug's notes may be gone after it. Where Diesel's table goes, too, what is applied
    /// is lost: that fails.
    pub(super) fn may_drop_the_notes(&self) -> bool {
        self.says_any(&["__GLOWPLUG_HISTORY"])
    }

    /// Whether its text has one of these, in whatever case, be it in a name or a string.
    fn says_any(&self, words: &[&str]) -> bool {
        let sql = self.sql.to_ascii_uppercase();
        words.iter().any(|word| sql.contains(word))
    }

    /// Whether it makes something for the session alone.
    pub(super) fn is_temporary(&self) -> bool {
        self.words.first().is_some_and(|word| word == "CREATE")
            && self.words.iter().any(|word| word == "TEMP" || word == "TEMPORARY")
    }

    /// Whether it begins the next transaction with the end of one.
    fn chains(&self) -> bool {
        self.words().ends_with(&["AND", "CHAIN"])
    }

    /// Why it cannot be a step of its own, with a note after it.
    pub(super) fn breaks_in_steps(
        &self,
        backend: Backend,
        backslashes: bool,
    ) -> Option<&'static str> {
        // A table may have that name: `INSERT INTO changes (…)`.
        let is_table = |before: &Lexeme<'_>| {
            ["INTO", "TABLE", "ON", "REFERENCES", "."].iter().any(|word| before.is(word))
        };
        // The body of a routine or a trigger is not run by that.
        let calls = |names: &[&str]| {
            !self.words().starts_with(&["CREATE"])
                && self.says_any(names)
                && lexemes(backend, &self.sql).windows(3).any(|three| {
                    three[2].is("(")
                        && names.iter().any(|name| three[1].is(name))
                        && !is_table(&three[0])
                })
        };
        let words = self.words();
        match backend {
            _ if self.controls_transaction()
                || matches!(words[..], ["SAVEPOINT" | "RELEASE", ..])
                || matches!(words[..], ["ROLLBACK", "TO", ..]) =>
            {
                Some("expected a transaction of the file's own from BEGIN to COMMIT, or none")
            }
            Backend::Mysql if matches!(words[..], ["LOCK", "TABLE" | "TABLES", ..]) => Some(
                "the note after the next statement gives the locks back; expected one statement that needs none",
            ),
            Backend::Mysql if calls(&["ROW_COUNT", "FOUND_ROWS"]) => {
                Some("it would count the rows of the note before it; expected a query of its own")
            }
            // glowplug's own takes the mode away.
            Backend::Mysql
                if backslashes
                    && self.says_any(&["NO_BACKSLASH_ESCAPES"])
                    && !self.says_any(&["REPLACE"]) =>
            {
                Some(
                    "it changes where the strings of this file end; expected a file without backslashes",
                )
            }
            Backend::Sqlite if calls(&["LAST_INSERT_ROWID", "CHANGES", "TOTAL_CHANGES"]) => Some(
                "it would tell of the note before it; expected both statements between BEGIN and COMMIT",
            ),
            _ => None,
        }
    }

    /// MySQL: whether it needs what the statement before it left in its session.
    pub(super) fn needs_the_session(&self) -> bool {
        !self.words().starts_with(&["CREATE"]) && self.says_any(&["LAST_INSERT_ID"])
    }

    /// Whether it begins or ends a transaction. Savepoints do neither.
    pub(super) fn controls_transaction(&self) -> bool {
        match self.words()[..] {
            ["COMMIT" | "ROLLBACK", "PREPARED", ..] => false,
            _ if self.chains() && matches!(self.words()[..], ["COMMIT" | "END", ..]) => true,
            ["ROLLBACK", "TO", ..] | ["ROLLBACK", "TRANSACTION" | "WORK", "TO", ..] => false,
            ["ROLLBACK" | "ABORT", ..] | ["PREPARE", "TRANSACTION", ..] => true,
            _ => self.begins() || self.commits(),
        }
    }

    /// PostgreSQL: whether it takes away the locks of the session, or the statements that Diesel
    /// prepared in it.
    pub(super) fn discards_session(&self) -> bool {
        matches!(
            self.words()[..],
            ["DISCARD", "ALL", ..]
                | ["DEALLOCATE", "ALL", ..]
                | ["DEALLOCATE", "PREPARE", "ALL", ..]
        )
    }

    /// PostgreSQL: whether it fails after the first query of a transaction.
    pub(super) fn must_come_first(&self) -> bool {
        matches!(
            self.words()[..],
            ["SET", "TRANSACTION", "ISOLATION" | "SNAPSHOT", ..]
                | ["SET", "LOCAL", "TRANSACTION", "ISOLATION" | "SNAPSHOT", ..]
        )
    }

    /// What it does to an index outside a transaction.
    pub(super) fn concurrent_index(&self) -> Option<ConcurrentIndex> {
        names::concurrent_index(&self.sql)
    }

    /// Whether it does no harm to run it twice, though no transaction can hold it.
    pub(super) fn is_repeatable(&self) -> bool {
        matches!(
            self.words()[..],
            ["VACUUM" | "CLUSTER" | "REINDEX" | "REFRESH", ..] | ["ALTER", "SYSTEM", ..]
        )
    }

    /// MySQL: whether it changes the schema, at once or not at all.
    pub(super) fn changes_schema(&self) -> bool {
        matches!(self.words()[..], ["CREATE" | "ALTER" | "DROP" | "RENAME", ..])
    }

    /// MySQL: whether it does no harm to run it twice. A function that is called may change rows.
    pub(super) fn is_repeatable_on_mysql(&self) -> bool {
        match self.words()[..] {
            [
                "ANALYZE" | "OPTIMIZE" | "CHECK" | "REPAIR" | "FLUSH" | "GRANT" | "REVOKE" | "SHOW",
                ..,
            ] => true,
            ["SELECT" | "DO", ..] => !self.calls_unknown(),
            _ => false,
        }
    }

    fn calls_unknown(&self) -> bool {
        let lexemes = lexemes(Backend::Mysql, &self.sql);
        let calls = |two: &[Lexeme<'_>]| two[1].is("(") && two[0].plain().is_some();
        let known = |name: &Lexeme<'_>| HARMLESS.iter().any(|word| name.is(word));
        lexemes.windows(2).any(|two| calls(two) && !known(&two[0]))
    }

    /// MySQL: whether it may leave no trace in the catalog though it was done: tables that change
    /// places, or rows that do.
    pub(super) fn may_leave_no_trace(&self) -> bool {
        let renames = self.words().starts_with(&["RENAME"]);
        renames && lexemes(Backend::Mysql, &self.sql).iter().any(|one| one.is(","))
            || self.says_any(&["EXCHANGE"])
    }

    /// PostgreSQL: whether it says `CONCURRENTLY`, which is no name without quotes.
    fn is_concurrent(&self) -> bool {
        self.says_any(&["CONCURRENTLY"])
            && lexemes(Backend::Postgres, &self.sql).iter().any(|one| one.is("CONCURRENTLY"))
    }

    /// PostgreSQL: whether it detaches a partition in two transactions.
    pub(super) fn detaches(&self) -> bool {
        self.is_concurrent() && self.words().starts_with(&["ALTER"]) && self.says_any(&["DETACH"])
    }

    /// Whether it is a setting that outlives the transaction around it.
    pub(super) fn sets_for_the_session(&self, backend: Backend) -> bool {
        let of_the_transaction =
            matches!(self.words()[..], ["SET", "LOCAL" | "TRANSACTION" | "CONSTRAINTS", ..]);
        self.kind(backend) == Kind::Setting && !of_the_transaction
    }

    /// Whether a setting may be refused: SQLite takes every PRAGMA.
    pub(super) fn may_fail_as_a_setting(&self, backend: Backend) -> bool {
        backend != Backend::Sqlite || !self.words().starts_with(&["PRAGMA"])
    }

    /// How it has to be run outside a transaction.
    fn kind(&self, backend: Backend) -> Kind {
        let words = &self.words()[..];
        match backend {
            Backend::Sqlite => match words {
                ["PRAGMA" | "ATTACH" | "DETACH", ..] => Kind::Setting,
                ["VACUUM", ..] => Kind::Bare,
                _ => Kind::Plain,
            },
            Backend::Postgres => match words {
                ["SET" | "RESET", ..] => Kind::Setting,
                ["SELECT", ..] if names::only_sets(&self.sql) => Kind::Setting,
                // `PreventInTransactionBlock()` in PostgreSQL 15; procedures may commit.
                ["VACUUM" | "CLUSTER" | "REINDEX" | "CALL", ..]
                | ["CREATE" | "DROP" | "ALTER", "DATABASE" | "TABLESPACE" | "SUBSCRIPTION", ..]
                | ["ALTER", "SYSTEM", ..]
                | ["COMMIT" | "ROLLBACK", "PREPARED", ..] => Kind::Bare,
                ["DO", ..] if self.says_any(&["COMMIT", "ROLLBACK", "CALL"]) => Kind::Bare,
                _ if self.is_concurrent() => Kind::Bare,
                _ => Kind::Plain,
            },
            Backend::Mysql => match words {
                // MariaDB: `SET STATEMENT … FOR` any other.
                ["SET", "STATEMENT", ..] => Kind::Bare,
                ["SET" | "USE", ..] => Kind::Setting,
                // Everything but changes of rows commits by itself.
                ["INSERT" | "UPDATE" | "DELETE" | "REPLACE", ..] => Kind::Plain,
                _ => Kind::Bare,
            },
        }
    }
}

/// How a step of a migration without a transaction is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One statement, in a transaction of ours with its mark in the journal.
    Plain,
    /// One statement that no transaction can hold.
    Bare,
    /// A setting of the connection: a run that goes on in a new connection needs it again, so it is
    /// always run and never marked.
    Setting,
    /// The file's own `BEGIN … COMMIT`, with its mark before the `COMMIT`.
    Block,
}

/// A step of a migration without a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) kind: Kind,
    /// Its statements, as positions in the file's.
    pub(super) range: std::ops::Range<usize>,
}

/// The steps of a text.
pub(super) fn steps(backend: Backend, statements: &[Statement]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut at = 0;
    while at < statements.len() {
        let statement = &statements[at];
        let rest = &statements[at + 1..];
        let end = rest.iter().position(Statement::controls_transaction);
        let (kind, length) = match end.filter(|end| rest[*end].commits()) {
            Some(length) if statement.begins() => {
                let commits = |one: &Statement| one.kind(backend) == Kind::Bare;
                if backend == Backend::Mysql && rest[..length].iter().any(commits) {
                    // A change of the schema ends the transaction that it stands in: there is none.
                    let alone = |(at, one): (usize, &Statement)| Step {
                        kind: one.kind(backend),
                        range: at..at + 1,
                    };
                    steps.extend((at + 1..).zip(&rest[..length]).map(alone));
                    at += length + 2;
                    continue;
                }
                (Kind::Block, length + 2)
            }
            Some(_) | None => (statement.kind(backend), 1),
        };
        steps.push(Step { kind, range: at..at + length });
        at += length;
    }
    steps
}

/// The first line of a migration that rebuilds SQLite tables.
const REBUILD_HEADER: &str = "-- glowplug: rebuild";

/// Whether the text is glowplug's frame around a rebuild: blocks whose last one does all the work,
/// and settings. It is run as a whole or not at all; what its first blocks found must be found
/// again by the next run.
pub(super) fn is_rebuild(
    backend: Backend,
    text: &str,
    statements: &[Statement],
    steps: &[Step],
) -> bool {
    let header = text.lines().next().is_some_and(|line| line.trim_end() == REBUILD_HEADER);
    if backend != Backend::Sqlite || !header {
        return false;
    }
    let blocks: Vec<_> = steps.iter().filter(|step| step.kind != Kind::Setting).collect();
    let looks =
        |statement: &Statement| statement.says_any(&["__GLOWPLUG_LOOK", "__GLOWPLUG_GUARD"]);
    // Somebody's own blocks beside it are steps of their own.
    let alone = blocks.len() == 1;
    let ours = |step: &&Step| {
        step.kind == Kind::Block && (alone || statements[step.range.clone()].iter().any(looks))
    };
    !blocks.is_empty() && blocks.iter().all(ours)
}
