//! Values that do not survive a change of type.

use super::{Prober, source};
use crate::backend::{Backend, DatabaseError, ident};
use crate::model::QualifiedName;
use crate::plan::safety::{Affinity, Finding};

impl Prober<'_> {
    /// Counts the values of a column that another type would refuse or change.
    pub(super) fn unconvertible(
        &mut self,
        table: &QualifiedName,
        column: &str,
        from: &str,
        to: &str,
    ) -> Result<Finding, DatabaseError> {
        let rows = ident::quote_name(self.backend, table);
        let value = ident::quote(self.backend, column);
        match self.backend {
            Backend::Sqlite => self.changed(&rows, &value, &sqlite_changes(&value, to)),
            Backend::Postgres => self.postgres_changed(&rows, &value, from, to),
            Backend::Mysql => self.mysql_changed(&rows, &value, from, to),
        }
    }

    /// As [`Prober::found`], but the sample is ordered as text: not every type has an order.
    fn changed(
        &mut self,
        rows: &str,
        value: &str,
        changes: &str,
    ) -> Result<Finding, DatabaseError> {
        let counts = self.counts(&format!(
            "SELECT count(CASE WHEN {changes} THEN 1 END) AS found, count(*) AS total FROM {rows}"
        ))?;
        let mut sample = Vec::new();
        if counts.found > 0 {
            let shown = source::shown(self.backend, &[value.to_owned()]);
            sample = self.shown(&format!(
                "SELECT {shown} AS shown FROM {rows} WHERE {changes} ORDER BY 1 LIMIT {}",
                Finding::SAMPLE
            ))?;
        }
        Ok(Finding { count: counts.found, total: counts.total, sample })
    }

    /// PostgreSQL before 16 cannot ask whether a cast would fail (`pg_input_is_valid`): a temporary
    /// function tries it, one value at a time, in a transaction that is rolled back.
    fn postgres_changed(
        &mut self,
        rows: &str,
        value: &str,
        from: &str,
        to: &str,
    ) -> Result<Finding, DatabaseError> {
        use diesel::connection::{Connection as _, SimpleConnection as _};

        let function = format!(
            "CREATE FUNCTION pg_temp.glowplug_survives(value {from}) RETURNS boolean \
             LANGUAGE plpgsql AS {}",
            ident::literal(
                self.backend,
                &format!(
                    "BEGIN RETURN {}; EXCEPTION WHEN OTHERS THEN RETURN false; END",
                    postgres_survives(from, to)
                )
            )
        );
        let changes = format!("{value} IS NOT NULL AND NOT pg_temp.glowplug_survives({value})");
        let backend = self.backend;
        let mut finding = None;
        let rolled_back = self.connection.transaction(|connection| {
            connection.batch_execute(&function)?;
            let mut prober = Prober { backend, connection };
            finding = Some(prober.changed(rows, value, &changes));
            Err::<(), _>(diesel::result::Error::RollbackTransaction)
        });
        match (finding, rolled_back) {
            (Some(finding), _) => finding,
            (None, Err(error)) => {
                Err(DatabaseError::query(format!("trying to convert {value} to `{to}`"))(error))
            }
            (None, Ok(())) => Err(DatabaseError::Unreadable {
                object: value.to_owned(),
                reason: "the transaction that was to be rolled back was not".to_owned(),
            }),
        }
    }
}

impl Prober<'_> {
    /// MySQL cannot ask whether a value would fit: `INSERT IGNORE` into a temporary table makes it
    /// fit, and what is not the same afterwards did not.
    fn mysql_changed(
        &mut self,
        rows: &str,
        value: &str,
        from: &str,
        to: &str,
    ) -> Result<Finding, DatabaseError> {
        use diesel::connection::SimpleConnection as _;

        const TABLE: &str = "`__glowplug_convert`";
        // A type may bring what follows it in a definition.
        let bare = crate::backend::mysql::bare_type;
        let (old, new) = (bare(from), bare(to));
        let null = |native: &str| if native.starts_with("timestamp") { " NULL" } else { "" };
        let doing = || DatabaseError::query(format!("trying to convert {value} to `{new}`"));
        self.connection
            .batch_execute(&format!(
                "DROP TEMPORARY TABLE IF EXISTS {TABLE}; CREATE TEMPORARY TABLE {TABLE} \
                 (`old` {old}{}, `new` {new}{}); \
                 INSERT IGNORE INTO {TABLE} SELECT {value}, {value} FROM {rows}",
                null(&old),
                null(&new)
            ))
            .map_err(doing())?;
        let changes =
            format!("`old` IS NOT NULL AND COALESCE({}, TRUE)", mysql_changes(&old, &new));
        let found = self.changed(TABLE, "`old`", &changes);
        let dropped = self.connection.batch_execute(&format!("DROP TEMPORARY TABLE {TABLE}"));
        dropped.map_err(doing())?;
        found
    }
}

/// True, or NULL, for rows whose new value is not the old one.
fn mysql_changes(from: &str, to: &str) -> String {
    let name =
        |native: &str| native.split(['(', ' ']).next().unwrap_or_default().to_ascii_lowercase();
    let (from, to) = (name(from), name(to));
    let text = |name: &str| {
        name.ends_with("text") || name.ends_with("char") || matches!(name, "enum" | "set" | "json")
    };
    let integer = |name: &str| name.ends_with("int") || name == "year" || name == "bit";
    let number = |name: &str| integer(name) || matches!(name, "decimal" | "float" | "double");
    let time = |name: &str| matches!(name, "date" | "datetime" | "timestamp");
    match (text(&from), to.as_str()) {
        (true, "json") => "NOT JSON_VALID(`old`)".to_owned(),
        (_, to) if text(to) => {
            "BINARY CONVERT(`old` USING utf8mb4) <> BINARY CONVERT(`new` USING utf8mb4)".to_owned()
        }
        (true, to) if integer(to) => {
            "NOT (`old` REGEXP '^ *[-+]?[0-9]+ *$' AND CAST(`old` AS DECIMAL(65,0)) = `new`)"
                .to_owned()
        }
        (true, to) if number(to) => {
            let number = "`old` REGEXP '^ *[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)? *$'";
            format!("NOT ({number} AND ABS(`old` - `new`) <= ABS(`new`) * 1e-6)")
        }
        (true, to) if time(to) => "`new` = 0 OR CAST(`old` AS DATETIME) IS NULL".to_owned(),
        (true, "time") => "TIME(`old`) IS NULL".to_owned(),
        (false, to) if number(to) || time(to) || to == "time" => "`old` <> `new`".to_owned(),
        (_, _) => "HEX(`old`) <> HEX(`new`)".to_owned(),
    }
}

/// Whether a value survives: whether it comes back the same, which of a text is each letter.
fn postgres_survives(from: &str, to: &str) -> String {
    let text = |native: &str| {
        let texts = ["text", "varchar", "char", "citext", "bpchar", "name"];
        texts.iter().any(|text| native.to_ascii_lowercase().starts_with(text))
    };
    let number = |native: &str| {
        let numbers = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
        numbers.iter().any(|number| native.starts_with(number))
    };
    let back = format!("CAST(CAST(value AS {to}) AS {from})");
    if text(from) && number(to) {
        // `007` is no number that comes back; `5` that comes back as `5.00` is.
        let back = format!("CAST(CAST(value AS {to}) AS text)");
        format!(
            "CAST(value AS text) IN ({back}, \
             CASE WHEN {back} LIKE '%.%' THEN rtrim(rtrim({back}, '0'), '.') ELSE {back} END)"
        )
    } else if text(from) || from.to_ascii_lowercase().starts_with("json") || from == "xml" {
        // `json` has no equality, and that of `citext` knows no case.
        format!("CAST({back} AS text) = CAST(value AS text)")
    } else {
        format!("{back} IS NOT DISTINCT FROM value")
    }
}

/// True for the texts that come back from a number in another spelling: `007`, `0.10`, `none`.
/// From a REAL a whole number comes back with a point behind it: `1` as `1.0`.
fn respelt(value: &str, number: &str) -> String {
    format!("+{value} <> CAST(CAST({value} AS {number}) AS TEXT)")
}

/// True for the values that a column of the declared type would change or keep as another kind.
///
/// SQLite converts what it can and keeps the rest as it is, so nothing here fails: `+value` has no
/// affinity, and in a comparison with a number it is converted as an insert would
/// (<https://www.sqlite.org/datatype3.html>, 4.2).
fn sqlite_changes(value: &str, to: &str) -> String {
    let declared = to.to_ascii_uppercase();
    let function =
        [("TIMESTAMP", "datetime"), ("DATETIME", "datetime"), ("DATE", "date"), ("TIME", "time")];
    let function = function.iter().find(|(word, _)| declared.starts_with(word));
    let (integer, real, text) = match Affinity::of(to) {
        Affinity::Blob => return "0".to_owned(),
        Affinity::Integer => (
            "0".to_owned(),
            format!("CAST({value} AS INTEGER) <> {value}"),
            format!("CAST(CAST({value} AS INTEGER) AS TEXT) <> +{value}"),
        ),
        Affinity::Real => (
            format!("CAST(CAST({value} AS REAL) AS INTEGER) <> {value}"),
            "0".to_owned(),
            respelt(value, "REAL"),
        ),
        // A REAL as text has 15 digits in 3.40 and 17 in 3.53: the oldest that may run it decides.
        Affinity::Text => (
            "0".to_owned(),
            format!("CAST(printf('%.15g', {value}) AS REAL) <> {value}"),
            "0".to_owned(),
        ),
        Affinity::Numeric => match function {
            Some((_, function)) => (
                "0".to_owned(),
                "0".to_owned(),
                format!("{function}({value}) IS NULL OR CAST({value} AS NUMERIC) = +{value}"),
            ),
            None if declared.starts_with("BOOL") => {
                let unknown = format!("CAST({value} AS TEXT) NOT IN ('0', '1')");
                (unknown.clone(), unknown.clone(), unknown)
            }
            None => ("0".to_owned(), "0".to_owned(), respelt(value, "NUMERIC")),
        },
    };
    format!(
        "CASE typeof({value}) WHEN 'null' THEN 0 WHEN 'integer' THEN {integer} \
         WHEN 'real' THEN {real} WHEN 'text' THEN {text} ELSE 1 END"
    )
}
