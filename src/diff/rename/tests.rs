//! Decisions on small schemas.

use super::*;
use crate::model::{
    CheckConstraint, Column, Deferrable, ForeignKey, Generated, GeneratedStorage, Index, IndexKey,
    IndexPart, OtherObject, PrimaryKey, ReferentialAction, Table, UniqueConstraint,
};

/// Exact names, types by their spelling before a parenthesis.
struct Exact;

impl Likeness for Exact {
    fn same_name(&self, a: &str, b: &str) -> bool {
        a == b
    }

    fn same_family(&self, a: &SqlType, b: &SqlType) -> bool {
        let bare = |of: &SqlType| of.to_string().split('(').next().map(str::to_owned);
        bare(a) == bare(b)
    }
}

/// `id integer` and further text columns; `name:type` for another type.
fn table(name: &str, columns: &[&str]) -> Table {
    let mut table = Table::new(QualifiedName::new(name));
    table.columns = std::iter::once(&"id:integer")
        .chain(columns)
        .map(|column| {
            let (name, native) = column.split_once(':').unwrap_or((column, "text"));
            Column::new(name, SqlType::native(native))
        })
        .collect();
    table.primary_key = Some(PrimaryKey {
        options: Default::default(),
        name: None,
        columns: vec!["id".to_owned()],
    });
    table
}

fn schema<const N: usize>(tables: [Table; N]) -> Schema {
    let mut schema = Schema::default();
    tables.into_iter().for_each(|table| schema.insert_table(table));
    schema
}

fn alias(mut table: Table, column: &str, alias: &str) -> Table {
    let column = table.columns.iter_mut().find(|c| c.name == column).expect("a column");
    column.renamed_from.push(alias.to_owned());
    table
}

fn table_alias(mut table: Table, alias: &str) -> Table {
    table.renamed_from.push(alias.to_owned());
    table
}

fn decided(from: &Schema, to: &Schema, answers: &[&str]) -> Result<Vec<String>, RenameError> {
    let answers: Result<Vec<Answer>, _> = answers.iter().map(|text| text.parse()).collect();
    let decision = decide(from, to, &answers?, &Exact)?;
    Ok(decision.renames.iter().map(ToString::to_string).collect())
}

fn hints(from: &Schema, to: &Schema) -> Vec<String> {
    hinted(from, to, &Exact).iter().map(ToString::to_string).collect()
}

fn offered(from: &Schema, to: &Schema) -> Vec<String> {
    candidates(from, to, &Exact).iter().map(|candidate| candidate.rename.to_string()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_hint_counts_once_and_may_stay() {
    let old = schema([table("session", &["plan"])]);
    let new = schema([alias(table("session", &["tier"]), "tier", "plan")]);
    assert_eq!(hints(&old, &new), ["session.plan=tier"]);
    assert_eq!(hints(&new, &new), NONE, "it has happened");
    assert_eq!(hints(&schema([]), &new), NONE, "a new table");
    let both = schema([table("session", &["plan", "tier"])]);
    assert_eq!(hints(&both, &new), NONE, "the new name is there, so the old one is a drop");
    let reused = schema([alias(table("session", &["tier", "plan"]), "tier", "plan")]);
    assert_eq!(hints(&old, &reused), NONE, "the old name is still wanted");
}

#[test]
fn of_several_aliases_the_first_that_is_there_counts() {
    let to = || alias(alias(table("session", &["tier"]), "tier", "level"), "tier", "plan");
    assert_eq!(
        hints(&schema([table("session", &["plan"])]), &schema([to()])),
        ["session.plan=tier"]
    );
    let from = schema([table("session", &["plan", "level"])]);
    assert_eq!(hints(&from, &schema([to()])), ["session.level=tier"]);
}

#[test]
fn an_alias_that_two_claim_is_left_to_be_asked() {
    let from = schema([table("session", &["plan"])]);
    let to = alias(table("session", &["tier", "level"]), "tier", "plan");
    let to = schema([alias(to, "level", "plan")]);
    assert_eq!(hints(&from, &to), NONE);
    assert_eq!(offered(&from, &to), ["session.plan=tier", "session.plan=level"]);
}

#[test]
fn a_hinted_table_brings_its_columns_along() {
    let from = schema([table("session", &["plan"])]);
    let to = alias(table("visit", &["tier"]), "tier", "plan");
    let to = schema([table_alias(to, "session")]);
    assert_eq!(hints(&from, &to), ["session=visit", "visit.plan=tier"]);
    let decision = decide(&from, &to, &[], &Exact).expect("a decision");
    assert_eq!(decision.renames.len(), 2);
    let names = |schema: &Schema| {
        let columns =
            |table: &Table| table.columns.iter().map(|c| c.name.clone()).collect::<Vec<_>>();
        schema
            .tables
            .iter()
            .map(|(name, table)| (name.to_string(), columns(table)))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&decision.schema), names(&to));
    assert_eq!(decision.open, []);
}

#[test]
fn an_answer_goes_before_a_hint() {
    let from = schema([table("session", &["plan", "level"])]);
    let to = schema([alias(table("session", &["tier"]), "tier", "plan")]);
    assert_eq!(decided(&from, &to, &["session.level=tier"]).unwrap(), ["session.level=tier"]);
    assert_eq!(decided(&from, &to, &[]).unwrap(), ["session.plan=tier"]);
    assert_eq!(decided(&from, &to, &["session.plan=tier"]).unwrap(), ["session.plan=tier"]);
}

#[test]
fn a_column_is_answered_by_the_old_or_the_new_name_of_its_table() {
    let from = schema([table("session", &["plan"])]);
    let to = schema([table("visit", &["tier"])]);
    for column in ["session.plan=tier", "visit.plan=tier", "session.plan=visit.tier"] {
        let renames = decided(&from, &to, &[column, "session=visit"]).unwrap();
        assert_eq!(renames, ["session=visit", "visit.plan=tier"], "{column}");
    }
    // The table by a hint, the column by an answer.
    let to = schema([table_alias(table("visit", &["tier"]), "session")]);
    let renames = decided(&from, &to, &["session.plan=tier"]).unwrap();
    assert_eq!(renames, ["session=visit", "visit.plan=tier"]);
}

#[test]
fn a_table_of_a_schema_and_a_column_are_told_apart() {
    let mut event = table("event", &["kind"]);
    event.name = QualifiedName::in_schema("audit", "event");
    let mut log = event.clone();
    log.name = QualifiedName::in_schema("audit", "log");
    let (from, to) = (schema([event.clone()]), schema([log]));
    assert_eq!(decided(&from, &to, &["audit.event=log"]).unwrap(), ["audit.event=log"]);
    assert_eq!(decided(&from, &to, &["audit.event=audit.log"]).unwrap(), ["audit.event=log"]);
    let error = decided(&from, &to, &["audit.event=other.log"]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`audit.event` cannot be renamed to `other.log`: a rename stays in its table and schema"
    );
    // A table that bears the name of the schema makes no difference, unless it has the column.
    let (from, to) = (
        schema([event.clone(), table("audit", &["kind"])]),
        schema([
            to.tables[&QualifiedName::in_schema("audit", "log")].clone(),
            table("audit", &["sort"]),
        ]),
    );
    let renames = decided(&from, &to, &["audit.event=log", "audit.kind=sort"]).unwrap();
    assert_eq!(renames, ["audit.event=log", "audit.kind=sort"]);
    let mut sort = table("event", &["sort"]);
    sort.name = event.name.clone();
    let renames = decided(&schema([event]), &schema([sort]), &["audit.event.kind=sort"]).unwrap();
    assert_eq!(renames, ["audit.event.kind=sort"]);
}

#[test]
fn an_answer_that_cannot_be_followed_is_an_error() {
    let from = schema([table("session", &["plan", "level"]), table("org", &[])]);
    let to = schema([table("session", &["tier", "level"]), table("team", &[])]);
    for (answer, message) in [
        ("visit=team", "there is no table `visit` to rename"),
        ("session=team", "table `session` cannot be renamed: the models still have it"),
        ("org=club", "nothing can be renamed to table `club`: the models do not have it"),
        ("visit.plan=tier", "there is no table `visit` to rename"),
        ("session.plam=tier", "table `session` has no column `plam` to rename"),
        (
            "session.level=tier",
            "column `session.level` cannot be renamed: the models still have it",
        ),
        (
            "session.plan=class",
            "nothing can be renamed to column `session.class`: the models do not have it",
        ),
        (
            "session.plan=org.tier",
            "`session.plan` cannot be renamed to `org.tier`: a rename stays in its table and schema",
        ),
    ] {
        assert_eq!(decided(&from, &to, &[answer]).unwrap_err().to_string(), message, "{answer}");
    }
    let there = schema([table("session", &["plan", "tier"])]);
    assert_eq!(
        decided(&there, &schema([table("session", &["tier"])]), &["session.plan=tier"]),
        Err(RenameError::AlreadyThere { object: "column `session.tier`".to_owned() })
    );
    let twice = decided(&from, &to, &["org=team", "org=team"]).unwrap_err();
    assert_eq!(twice.to_string(), "there is no table `org` to rename");
}

#[test]
fn a_column_is_offered_for_its_type_and_scored_for_the_rest() {
    let from = schema([table("session", &["plan", "cost:integer", "note"])]);
    let to = schema([table("session", &["plan_name", "price:numeric", "memo"])]);
    // Not `cost`, whose type is of another family.
    assert_eq!(
        offered(&from, &to),
        [
            "session.plan=plan_name",
            "session.note=memo",
            "session.note=plan_name",
            "session.plan=memo"
        ]
    );
    let scores: Vec<_> = candidates(&from, &to, &Exact).iter().map(|c| c.score).collect();
    // 40 for the family, 15 for NULL, 15 for the default, 10 for the place, and the names:
    // 4 of 9 letters of plan_name, 1 of 4 of memo.
    assert_eq!(scores[..2], [88, 85]);
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}

#[test]
fn a_table_is_offered_for_half_of_its_columns() {
    let from = schema([table("session", &["plan", "cost", "note"])]);
    let half = schema([table("visit", &["plan", "x", "y"])]);
    assert_eq!(offered(&from, &half), ["session=visit"]);
    let less = schema([table("visit", &["x", "y", "z"])]);
    assert_eq!(offered(&from, &less), NONE);
    let other_type = schema([table("visit", &["plan:integer", "x", "y"])]);
    assert_eq!(offered(&from, &other_type), NONE);
    let pair = schema([table("visit", &["x"])]);
    assert_eq!(
        offered(&schema([table("session", &["y"])]), &pair),
        NONE,
        "an id alone says nothing"
    );
    let kept =
        schema([table("session", &["plan", "cost", "note"]), table("visit", &["plan", "cost"])]);
    assert_eq!(offered(&from, &kept), NONE, "nothing is gone");
}

#[test]
fn at_most_three_are_offered_for_one_name_and_an_answer_ends_the_question() {
    let from = schema([table("session", &["a", "b", "c", "d"])]);
    let to = schema([table("session", &["x"])]);
    assert_eq!(offered(&from, &to).len(), 3);
    let open = candidates(&from, &to, &Exact);
    assert!(open.iter().all(|candidate| candidate.contradicts(&open[0].rename)));
    let answers = ["session.d=x".parse().unwrap()];
    assert_eq!(decide(&from, &to, &answers, &Exact).unwrap().open, []);
}

/// A parent and a child with everything that can bear a name.
fn family() -> Schema {
    let mut parent = table("org", &["code"]);
    parent.stored = Some("CREATE TABLE org …".to_owned());
    let mut child = table("session", &["org_code", "plan", "cost"]);
    child.stored = Some("CREATE TABLE session …".to_owned());
    child.foreign_keys.push(ForeignKey {
        options: Default::default(),
        name: Some("session_org".to_owned()),
        columns: vec!["org_code".to_owned()],
        foreign_table: QualifiedName::new("org"),
        foreign_columns: vec!["code".to_owned()],
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
        deferrable: Deferrable::NotDeferrable,
    });
    let columns = vec!["plan".to_owned(), "cost".to_owned()];
    child.uniques.push(UniqueConstraint { options: Default::default(), name: None, columns });
    let expression = "session.plan <> 'plan' AND cost > 0".to_owned();
    child.checks.push(CheckConstraint {
        options: Default::default(),
        name: Some("plan_known".to_owned()),
        expression,
    });
    child.indexes.push(Index {
        options: Default::default(),
        name: Some("session_plan".to_owned()),
        unique: false,
        parts: vec![
            IndexPart::column("plan"),
            IndexPart {
                key: IndexKey::Expression("lower(plan)".to_owned()),
                ..IndexPart::column("")
            },
        ],
        predicate: Some("\"plan\" IS NOT NULL".to_owned()),
        method: None,
        include: vec!["plan".to_owned()],
        stored: Some("CREATE INDEX …".to_owned()),
    });
    let mut total = Column::new("total", SqlType::native("text"));
    total.generated = Some(Generated {
        expression: "plan || cost".to_owned(),
        storage: GeneratedStorage::Stored,
    });
    child.columns.push(total);
    let mut schema = schema([parent, child]);
    for (name, table, sql) in [
        ("own", "session", "CREATE TRIGGER own …"),
        ("other", "org", "CREATE TRIGGER other … UPDATE session SET plan = 1"),
        ("third", "org", "CREATE TRIGGER third … UPDATE session SET cost = 1"),
    ] {
        schema.others.push(OtherObject {
            kind: "trigger".to_owned(),
            name: QualifiedName::new(name),
            table: Some(QualifiedName::new(table)),
            sql: Some(sql.to_owned()),
        });
    }
    schema
}

#[test]
fn a_renamed_column_is_renamed_wherever_it_is_used() {
    let mut schema = family();
    apply(&mut schema, &Rename::column("session", "plan", "tier"));
    let session = &schema.tables[&QualifiedName::new("session")];
    let names: Vec<_> = session.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "org_code", "tier", "cost", "total"]);
    assert_eq!(session.uniques[0].columns, ["tier", "cost"]);
    assert_eq!(session.checks[0].expression, "session.tier <> 'plan' AND cost > 0");
    assert_eq!(session.checks[0].name.as_deref(), Some("plan_known"), "names of constraints stay");
    let generated = session.columns[4].generated.as_ref().expect("a generated column");
    assert_eq!(generated.expression, "tier || cost");
    let index = &session.indexes[0];
    assert_eq!(index.name.as_deref(), Some("session_plan"));
    assert_eq!(index.parts[0].key, IndexKey::Column("tier".to_owned()));
    assert_eq!(index.parts[1].key, IndexKey::Expression("lower(tier)".to_owned()));
    assert_eq!(index.predicate.as_deref(), Some("\"tier\" IS NOT NULL"));
    assert_eq!(index.include, ["tier"]);
    assert_eq!((&session.stored, &index.stored), (&None, &None));
    assert!(schema.tables[&QualifiedName::new("org")].stored.is_some(), "untouched");
    let texts: Vec<_> = schema.others.iter().map(|other| other.sql.is_some()).collect();
    assert_eq!(texts, [false, false, true]);
}

#[test]
fn a_renamed_key_is_renamed_in_those_that_refer_to_it() {
    let mut schema = family();
    apply(&mut schema, &Rename::column("org", "code", "slug"));
    apply(&mut schema, &Rename::table(QualifiedName::new("org"), "team"));
    let session = &schema.tables[&QualifiedName::new("session")];
    assert_eq!(session.foreign_keys[0].foreign_table, QualifiedName::new("team"));
    assert_eq!(session.foreign_keys[0].foreign_columns, ["slug"]);
    assert_eq!(session.foreign_keys[0].columns, ["org_code"]);
    assert_eq!(session.stored, None, "the server rewrites it");
    assert!(session.indexes[0].stored.is_some(), "but not its indexes");
    assert!(!schema.tables.contains_key(&QualifiedName::new("org")));
    assert_eq!(schema.others[1].table, Some(QualifiedName::new("team")));
}

#[test]
fn a_rename_and_its_inverse_are_no_change() {
    let mut schema = family();
    apply(&mut schema, &Rename::column("session", "plan", "tier"));
    apply(&mut schema, &Rename::table(QualifiedName::new("session"), "visit"));
    apply(&mut schema, &Rename::table(QualifiedName::new("visit"), "session"));
    apply(&mut schema, &Rename::column("session", "tier", "plan"));
    let mut before = family();
    for schema in [&mut schema, &mut before] {
        for table in schema.tables.values_mut() {
            table.stored = None;
            table.indexes.iter_mut().for_each(|index| index.stored = None);
        }
        schema.others.clear();
    }
    assert_eq!(schema, before);
    apply(&mut schema, &Rename::column("absent", "a", "b"));
    apply(&mut schema, &Rename::table(QualifiedName::new("absent"), "b"));
    assert_eq!(schema, before, "what is not there is no change");
}
