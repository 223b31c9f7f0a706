//! A hazard and its message.

use serde::Serialize;

use super::{Finding, Probe, Rule};
use crate::model::QualifiedName;

/// How a hazard is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something goes that does not come back: refused unless it is allowed by name.
    Loss,
    /// The plan holds only for data that fits: refused while rows break it.
    Precondition,
}

/// One thing that a plan would lose or takes for granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hazard {
    /// The name of its rule, as `--allow` takes it.
    pub name: &'static str,
    /// How it is treated.
    pub severity: Severity,
    /// The object: ``column `session.plan` ``.
    pub object: String,
    /// What happens, with the count once there is one.
    pub message: String,
    /// What the user can do instead, to be pasted where possible.
    pub hint: Option<String>,
    /// The table and the column whose rows a `--fill` would give values to, where that would do.
    pub fill: Option<(QualifiedName, String)>,
    /// What to count.
    pub probe: Option<Probe>,
    /// What was counted.
    pub finding: Option<Finding>,
}

impl Hazard {
    /// A hazard of a rule, with neither hint nor probe.
    pub(super) fn new(rule: &Rule, object: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            name: rule.name,
            severity: rule.severity,
            object: object.into(),
            message: message.into(),
            hint: None,
            fill: None,
            probe: None,
            finding: None,
        }
    }

    pub(super) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    pub(super) fn fill(mut self, table: &QualifiedName, column: &str) -> Self {
        self.fill = Some((table.clone(), column.to_owned()));
        self
    }

    pub(super) fn probe(mut self, probe: impl Into<Option<Probe>>) -> Self {
        self.probe = probe.into();
        self
    }

    /// The hazard with what was counted.
    #[must_use]
    pub fn with(mut self, finding: &Finding) -> Self {
        if let Some(probe) = &self.probe {
            self.message += &counted(probe, self.severity, finding);
        }
        self.finding = Some(finding.clone());
        self
    }

    /// Whether a plan with this hazard is refused, unless its name is allowed.
    ///
    /// A loss always is, even of nothing: the migration runs on other databases too. A precondition
    /// is when rows break it; one that was not counted is left to the proof.
    #[must_use]
    pub fn refused(&self) -> bool {
        match self.severity {
            Severity::Loss => true,
            Severity::Precondition => {
                self.finding.as_ref().is_some_and(|finding| finding.count > 0)
            }
        }
    }
}

/// The part of the message that tells the count.
fn counted(probe: &Probe, severity: Severity, finding: &Finding) -> String {
    let count = grouped(finding.count);
    let rows = plural(finding.total, "row", "rows");
    let shown = finding.sample.join(", ");
    let sample = match finding.sample.len() {
        0 => String::new(),
        Finding::SAMPLE.. if finding.count > Finding::SAMPLE as i64 => format!(": {shown}, …"),
        _ => format!(": {shown}"),
    };
    if severity == Severity::Precondition && finding.count == 0 {
        return String::new();
    }
    match probe {
        Probe::Rows { .. } if severity == Severity::Precondition => {
            let are = if finding.total == 1 { "is" } else { "are" };
            format!("; there {are} {rows} to fill")
        }
        Probe::Rows { .. } => format!(", {rows}"),
        Probe::NonNull { .. } | Probe::Unconvertible { .. } if finding.total == 0 => {
            format!(", {rows}")
        }
        Probe::NonNull { .. } => {
            format!(", {} of {rows}", plural(finding.count, "non-null value", "non-null values"))
        }
        Probe::Nulls { .. } => format!("; it is NULL in {count} of {rows}{sample}"),
        Probe::Duplicates { .. } => {
            let keys = match finding.count {
                1 => "1 key occurs".to_owned(),
                _ => format!("{count} keys occur"),
            };
            format!("; {keys} more than once in {rows}{sample}")
        }
        Probe::Orphans { .. } => format!("; {count} of {rows} refer to nothing{sample}"),
        Probe::Violations { .. } => format!("; {count} of {rows} break that{sample}"),
        Probe::Unconvertible { .. } if finding.count == 0 => {
            format!("; none of {rows} is affected today")
        }
        Probe::Unconvertible { .. } => format!("; {count} of {rows} do not survive it{sample}"),
    }
}

fn plural(count: i64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

/// `1,204`.
fn grouped(count: i64) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hazard(severity: Severity, probe: Probe) -> Hazard {
        Hazard {
            name: "test",
            severity,
            object: "column `session.plan`".to_owned(),
            message: "drops column `session.plan`".to_owned(),
            hint: None,
            fill: None,
            probe: Some(probe),
            finding: None,
        }
    }

    #[test]
    fn the_count_joins_the_message() {
        let column =
            || Probe::NonNull { table: QualifiedName::new("session"), column: "plan".to_owned() };
        let told = |count, total| {
            let finding = Finding { count, total, sample: Vec::new() };
            hazard(Severity::Loss, column()).with(&finding).message
        };
        assert_eq!(
            told(1204, 10412),
            "drops column `session.plan`, 1,204 non-null values of 10,412 rows"
        );
        assert_eq!(told(1, 1), "drops column `session.plan`, 1 non-null value of 1 row");
        assert_eq!(told(0, 12), "drops column `session.plan`, no non-null values of 12 rows");
        assert_eq!(told(0, 0), "drops column `session.plan`, no rows");
    }

    #[test]
    fn a_precondition_is_refused_only_while_rows_break_it() {
        let probe = Probe::Nulls {
            table: QualifiedName::new("session"),
            column: "plan".to_owned(),
            key: vec!["id".to_owned()],
        };
        let hazard = hazard(Severity::Precondition, probe);
        assert!(!hazard.refused());
        let none = hazard.clone().with(&Finding { count: 0, total: 5, sample: Vec::new() });
        assert!(!none.refused());
        assert_eq!(none.message, "drops column `session.plan`");
        let told = |count, keys: &[&str]| {
            let sample = keys.iter().map(|key| (*key).to_owned()).collect();
            let some = hazard.clone().with(&Finding { count, total: 1_000_000, sample });
            assert!(some.refused());
            some.message.replace("drops column `session.plan`; it is ", "")
        };
        assert_eq!(told(2, &["4", "9"]), "NULL in 2 of 1,000,000 rows: 4, 9");
        let keys = ["1", "2", "3", "4", "5"];
        assert_eq!(told(5, &keys), "NULL in 5 of 1,000,000 rows: 1, 2, 3, 4, 5");
        assert_eq!(told(6, &keys), "NULL in 6 of 1,000,000 rows: 1, 2, 3, 4, 5, …");
        assert_eq!(told(6, &[]), "NULL in 6 of 1,000,000 rows");
    }

    #[test]
    fn thousands_are_grouped() {
        let all: Vec<_> = [0, 7, 999, 1000, 123_456, 1_234_567].map(grouped).into();
        assert_eq!(all, ["0", "7", "999", "1,000", "123,456", "1,234,567"]);
    }
}
