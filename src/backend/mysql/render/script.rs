//! The text of up.sql or down.sql.

use crate::backend::ident::comment;
use crate::backend::{Script, Statement};

/// What makes a session refuse a value rather than change it, whatever the server is set to, and
/// read the backslashes of a text as they are meant; and what puts its mode back.
const STRICT: [(&str, &str); 2] = [
    (
        "A value that does not fit is an error, whatever the server is set to.",
        "SET @glowplug_sql_mode = @@SESSION.sql_mode;\n\
         SET SESSION sql_mode = REPLACE(CONCAT(@@SESSION.sql_mode, ',STRICT_ALL_TABLES'), \
         'NO_BACKSLASH_ESCAPES', '');",
    ),
    ("The mode of the session as it was.", "SET SESSION sql_mode = @glowplug_sql_mode;"),
];

/// Every statement under its reason. No transaction holds them: each commits by itself.
pub(in crate::backend::mysql) fn script(header: &[String], statements: &[Statement]) -> Script {
    let mut blocks = Vec::with_capacity(statements.len() + 3);
    if !header.is_empty() {
        let lines: Vec<_> = header.iter().map(|line| format!("-- {}", comment(line))).collect();
        blocks.push(lines.join("\n"));
    }
    let block = |why: &str, sql: &str| format!("-- {}\n{sql}", comment(why));
    let strict = statements.iter().any(|statement| needs_strict_mode(&statement.sql));
    blocks.extend(strict.then(|| block(STRICT[0].0, STRICT[0].1)));
    blocks.extend(statements.iter().map(|statement| block(&statement.why, &statement.sql)));
    blocks.extend(strict.then(|| block(STRICT[1].0, STRICT[1].1)));
    Script { sql: format!("{}\n", blocks.join("\n\n")), run_in_transaction: true }
}

/// Whether rows are written or converted, or a text has a backslash.
fn needs_strict_mode(sql: &str) -> bool {
    sql.starts_with("UPDATE ")
        || sql.contains('\\')
        || sql.starts_with("ALTER TABLE ")
            && ["\n    MODIFY ", " MODIFY ", "DEFAULT COLLATE"]
                .iter()
                .any(|word| sql.contains(word))
}
