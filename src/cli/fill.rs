//! `--fill`, read before anything is done: a wrong one is a usage error.

use std::str::FromStr;

/// `--fill table.column=expression`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FillFlag {
    pub(super) table: String,
    pub(super) column: String,
    pub(super) expression: String,
}

impl FromStr for FillFlag {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The expression may hold `=` and `.`; the column is what follows the last dot before it.
        let parts = text.split_once('=').and_then(|(place, expression)| {
            let (table, column) = place.rsplit_once('.')?;
            let whole = [table, column, expression.trim()].iter().all(|part| !part.is_empty());
            whole.then_some((table, column, expression))
        });
        let (table, column, expression) =
            parts.ok_or("expected `table.column=expression`, such as `session.plan='none'`")?;
        Ok(Self {
            table: table.to_owned(),
            column: column.to_owned(),
            expression: expression.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::FillFlag;

    #[test]
    fn a_fill_has_a_place_and_an_expression() {
        let fill: FillFlag = "audit.event.kind=a.b = 'x'".parse().unwrap();
        assert_eq!((fill.table.as_str(), fill.column.as_str()), ("audit.event", "kind"));
        assert_eq!(fill.expression, "a.b = 'x'");
        for wrong in ["", "a", "a=1", ".b=1", "a.=1", "a.b=", "a.b= "] {
            assert!(wrong.parse::<FillFlag>().is_err(), "{wrong}");
        }
    }
}
