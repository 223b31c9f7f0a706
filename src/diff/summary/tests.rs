use crate::diff::{Operation, TableForm};
use crate::model::{
    CheckConstraint, Column, EnumType, ForeignKey, Generated, GeneratedStorage, Identity, Index,
    IndexKey, IndexPart, PrimaryKey, QualifiedName, ReferentialAction, SortOrder, SqlType, Table,
    UniqueConstraint, View,
};

#[track_caller]
fn assert_lines(operations: &[Operation], expected: &[&str]) {
    let lines: Vec<_> = operations.iter().map(Operation::summary).collect();
    assert_eq!(lines, expected);
}

fn session() -> QualifiedName {
    "session".into()
}

fn column(name: &str) -> Column {
    Column::new(name, SqlType::native("text"))
}

fn key(columns: &[&str]) -> PrimaryKey {
    PrimaryKey {
        options: Default::default(),
        name: None,
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn index(name: Option<&str>) -> Index {
    Index {
        options: Default::default(),
        name: name.map(ToOwned::to_owned),
        unique: false,
        parts: vec![IndexPart::column("status")],
        predicate: None,
        method: None,
        include: Vec::new(),
        stored: None,
    }
}

#[test]
fn tables() {
    let table = Table::new(QualifiedName::in_schema("audit", "event"));
    let mut to = TableForm::default();
    to.options.strict = true;
    to.comment = Some("x".into());
    assert_lines(
        &[
            Operation::CreateTable { table: table.clone() },
            Operation::DropTable { table: table.clone() },
            Operation::RenameTable { from: session(), to: "run".into() },
            Operation::AlterTable { table: session(), from: TableForm::default(), to },
            Operation::RebuildTable {
                from: table.clone(),
                to: table,
                changes: vec![Operation::DropColumn {
                    table: session(),
                    column: Column::new("plan", SqlType::native("text")),
                }],
            },
        ],
        &[
            "+ table audit.event",
            "- table audit.event",
            "~ table session → run",
            "~ table session  options, comment",
            "~ table audit.event  built anew: - column session.plan",
        ],
    );
}

#[test]
fn columns() {
    let mut count = Column::new("count", SqlType::native("integer"));
    count.nullable = false;
    count.default = Some("0".into());
    let mut total = column("total");
    total.generated =
        Some(Generated { expression: "a * b".into(), storage: GeneratedStorage::Stored });
    let mut to = count.clone();
    to.sql_type = SqlType::native("bigint");
    to.nullable = true;
    to.default = None;
    to.identity = Identity::ByDefault;
    to.collation = Some("C".into());
    let table = session();
    assert_lines(
        &[
            Operation::AddColumn { table: session(), column: column("plan"), fill: None },
            Operation::AddColumn {
                table: session(),
                column: count.clone(),
                fill: Some("7".into()),
            },
            Operation::AddColumn { table: session(), column: total, fill: None },
            Operation::DropColumn { table: session(), column: column("plan") },
            Operation::RenameColumn { table: session(), from: "a".into(), to: "b".into() },
            Operation::AlterColumn {
                table: session(),
                from: count.clone(),
                to: to.clone(),
                fill: None,
            },
            Operation::AlterColumn { table, from: to, to: count, fill: Some("7".into()) },
        ],
        &[
            "+ column session.plan  text",
            "+ column session.count  integer, not null, default 0  filled with 7",
            "+ column session.total  text, = a * b",
            "- column session.plan",
            "~ column session.a → b",
            "~ column session.count  integer → bigint, not null → null, default 0 → none, \
             as usual → identity, collate none → C",
            "~ column session.count  bigint → integer, null → not null, default none → 0, \
             identity → as usual, collate C → none  filled with 7",
        ],
    );
}

#[test]
fn constraints() {
    let unique = UniqueConstraint {
        options: Default::default(),
        name: None,
        columns: vec!["a".into(), "b".into()],
    };
    let check = CheckConstraint {
        options: Default::default(),
        name: Some("known".into()),
        expression: "a > 0".into(),
    };
    let foreign_key = ForeignKey {
        options: Default::default(),
        name: None,
        columns: vec!["org_id".into()],
        foreign_table: "org".into(),
        foreign_columns: vec!["id".into()],
        on_delete: ReferentialAction::SetNull,
        on_update: ReferentialAction::NoAction,
        deferrable: Default::default(),
    };
    let alter = |from, to| Operation::AlterPrimaryKey { table: session(), from, to };
    assert_lines(
        &[
            alter(None, Some(key(&["id"]))),
            alter(Some(key(&["id"])), None),
            alter(Some(key(&["id"])), Some(key(&["id", "at"]))),
            Operation::AddUnique { table: session(), unique: unique.clone() },
            Operation::DropUnique { table: session(), unique },
            Operation::AddCheck { table: session(), check: check.clone() },
            Operation::DropCheck { table: session(), check },
            Operation::AddForeignKey { table: session(), foreign_key: foreign_key.clone() },
            Operation::DropForeignKey { table: session(), foreign_key },
        ],
        &[
            "+ primary key of session (id)",
            "- primary key of session (id)",
            "~ primary key of session (id) → (id, at)",
            "+ unique session (a, b)",
            "- unique session (a, b)",
            "+ check known on session  a > 0",
            "- check known on session  a > 0",
            "+ foreign key session (org_id) → org (id) on delete set null",
            "- foreign key session (org_id) → org (id) on delete set null",
        ],
    );
}

#[test]
fn indexes_views_and_types() {
    let mut recent = index(Some("session_recent"));
    recent.unique = true;
    recent.parts.insert(
        0,
        IndexPart {
            key: IndexKey::Expression("lower(email)".into()),
            order: SortOrder::Descending,
            ..IndexPart::column("")
        },
    );
    recent.predicate = Some("plan IS NULL".into());
    let view = View::new("active", "SELECT 1");
    let mood = |values: &[&str]| EnumType {
        name: "mood".into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    assert_lines(
        &[
            Operation::CreateIndex { table: session(), index: recent },
            Operation::DropIndex { table: session(), index: index(None) },
            Operation::RenamePart {
                table: session(),
                index: true,
                from: "a".into(),
                to: "b".into(),
            },
            Operation::CreateView { view: view.clone() },
            Operation::DropView { view },
            Operation::CreateEnum { enum_type: mood(&["sad"]) },
            Operation::DropEnum { enum_type: mood(&["sad"]) },
            Operation::AlterEnum { from: mood(&["sad"]), to: mood(&["ok", "happy"]) },
            Operation::AlterEnum { from: mood(&["a", "b"]), to: mood(&["b", "a"]) },
            Operation::AlterEnum { from: mood(&["a", "b"]), to: mood(&["b", "new", "a"]) },
            Operation::AlterEnum { from: mood(&["a", "it's"]), to: mood(&["a", "", " b"]) },
        ],
        &[
            "+ unique index session_recent on session (lower(email) desc, status) \
             where plan IS NULL",
            "- index session (status)",
            "~ index a on session → b",
            "+ view active",
            "- view active",
            "+ type mood",
            "- type mood",
            "~ type mood  + ok, + happy, - sad",
            "~ type mood  order",
            "~ type mood  + new, order",
            "~ type mood  + '', + ' b', - 'it''s'",
        ],
    );
}

#[test]
fn an_operation_is_one_line() {
    let hostile = Operation::DropTable { table: Table::new("a\nb") };
    assert_lines(&[hostile], &["- table a\\nb"]);
}
