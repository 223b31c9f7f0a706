//! Random pairs of schemas on a real server: up, down, up again, with rows; judged by the server's
//! own text, also of a database that is made of the target alone.
//!
//! `GLOWPLUG_SEED` tries one seed, `GLOWPLUG_PAIRS` says how many are tried (50).

use std::fmt::Write as _;
use std::path::Path;

use fastrand::Rng;
use glowplug::backend::Backend;
use glowplug::model::Schema;

use crate::support::case::CaseAnswers;
use crate::support::fate::Fates;
use crate::support::mysql::{Database, quoted};
use crate::support::{difference, engine, env, plan_text};

/// Names as people should not choose them.
const NAMES: [&str; 12] = [
    "order",
    "Mixed Case",
    "quo\"te",
    "it's",
    "semi;colon",
    "back`tick",
    "--dash",
    "/*c*/",
    "a.b",
    "ünïcode",
    "back\\slash",
    "new\nline",
];

/// Type in `table!`, its values, and what `ddl!` may say besides.
const KINDS: [(&str, &[&str], &[&str]); 14] = [
    ("Integer", &["7", "-3"], &["default \"7\"", "default \"1 + 2\"", "comment \"it's \\\\ n\""]),
    ("BigInt", &["70000000000", "1"], &["default \"-1\""]),
    ("Unsigned<Integer>", &["4294967295", "0"], &["default \"0\""]),
    ("TinyInt", &["-1", "5"], &["invisible"]),
    ("Bool", &["0", "1"], &["default \"true\""]),
    (
        "Varchar",
        &["'x'", "'é\\\\'"],
        &["default \"'a, (b'\"", "collate \"utf8mb4_bin\"", "default \"lower('Q')\""],
    ),
    ("Text", &["'long'", "''"], &["default \"'it''s'\"", "comment \"text\""]),
    ("Double", &["1.5", "-0.25"], &["default \"1.5\""]),
    ("Numeric", &["1.50", "2.25"], &["type \"decimal(12,2)\""]),
    ("Binary", &["x'00ff'", "''"], &["type \"varbinary(20)\""]),
    ("Date", &["'2026-01-02'", "'1999-12-31'"], &["default \"'2000-01-01'\""]),
    (
        "Datetime",
        &["'2026-01-02 03:04:05'"],
        &["default \"now()\"", "type \"datetime on update current_timestamp\""],
    ),
    ("Timestamp", &["'2026-01-02 03:04:05'"], &["default \"current_timestamp\""]),
    ("Json", &["'[1]'", "'{}'"], &["default \"'[]'\""]),
];

#[derive(Clone)]
struct Column {
    id: usize,
    name: String,
    kind: usize,
    nullable: bool,
    said: Option<&'static str>,
}

#[derive(Clone)]
struct Table {
    id: usize,
    name: String,
    columns: Vec<Column>,
    uniques: Vec<usize>,
    indexes: Vec<(usize, bool)>,
    checked: Option<usize>,
    /// The id of the table that `ref` refers to.
    parent: Option<usize>,
    comment: bool,
}

#[derive(Clone, Default)]
struct Shape {
    tables: Vec<Table>,
    last: usize,
}

impl Shape {
    fn fresh(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    fn name(&mut self, rng: &mut Rng, plain: &str) -> String {
        let number = self.fresh();
        let odd = NAMES[rng.usize(0..NAMES.len())];
        format!("{}{number}", if rng.bool() { plain } else { odd })
    }

    fn column(&mut self, rng: &mut Rng) -> Column {
        let kind = rng.usize(0..KINDS.len());
        let said = KINDS[kind].2;
        Column {
            id: self.fresh(),
            name: self.name(rng, "c"),
            kind,
            nullable: rng.bool(),
            said: rng.bool().then(|| said[rng.usize(0..said.len())]),
        }
    }

    fn table(&mut self, rng: &mut Rng) {
        let mut table = Table {
            id: self.fresh(),
            name: self.name(rng, "t"),
            columns: Vec::new(),
            uniques: Vec::new(),
            indexes: Vec::new(),
            checked: None,
            parent: None,
            comment: rng.bool(),
        };
        for _ in 0..rng.usize(1..=5) {
            let column = self.column(rng);
            table.columns.push(column);
        }
        table.keys(rng);
        let parents = self.tables.len();
        if parents > 0 && rng.bool() {
            table.parent = Some(self.tables[rng.usize(0..parents)].id);
        }
        self.tables.push(table);
    }
}

/// Kinds that can be a key as they are.
fn is_key(kind: usize) -> bool {
    !matches!(KINDS[kind].0, "Text" | "Binary" | "Json")
}

impl Table {
    fn keys(&mut self, rng: &mut Rng) {
        let able: Vec<_> = self.columns.iter().filter(|c| is_key(c.kind)).map(|c| c.id).collect();
        self.indexes.clear();
        for id in &able {
            if rng.u8(0..4) == 0 {
                self.indexes.push((*id, rng.bool()));
            }
        }
        self.uniques = able.iter().filter(|_| rng.u8(0..8) == 0).copied().collect();
        let numbers = self.columns.iter().find(|c| c.kind < 2 && !self.uniques.contains(&c.id));
        self.checked = numbers.filter(|_| rng.bool()).map(|c| c.id);
    }
}

fn text(name: &str) -> String {
    format!("{name:?}")
}

fn models(shape: &Shape) -> String {
    let mut out = String::new();
    for table in &shape.tables {
        writeln!(
            out,
            "diesel::table! {{\n#[sql_name = {}]\nt{} (id) {{\nid -> Integer,",
            text(&table.name),
            table.id
        )
        .unwrap();
        for column in &table.columns {
            let kind = KINDS[column.kind].0;
            let kind = if column.nullable { format!("Nullable<{kind}>") } else { kind.to_owned() };
            writeln!(out, "#[sql_name = {}]\nc{} -> {kind},", text(&column.name), column.id)
                .unwrap();
        }
        if table.parent.is_some() {
            out.push_str("parent -> Nullable<Integer>,\n");
        }
        out.push_str("}\n}\n");
        writeln!(out, "glowplug::ddl! {{ table t{} {{", table.id).unwrap();
        for column in &table.columns {
            match column.said {
                Some("invisible") => {
                    writeln!(out, "c{}: type \"tinyint invisible\", default \"2\";", column.id)
                        .unwrap();
                }
                Some(said) => writeln!(out, "c{}: {said};", column.id).unwrap(),
                None => {}
            }
        }
        for id in &table.uniques {
            writeln!(out, "unique (c{id});").unwrap();
        }
        for (id, descending) in &table.indexes {
            writeln!(out, "index (c{id}{});", if *descending { " desc" } else { "" }).unwrap();
        }
        if let Some(id) = table.checked {
            let column = table.columns.iter().find(|c| c.id == id).expect("of the table");
            writeln!(out, "check {};", text(&format!("{} > -100", quoted(&column.name)))).unwrap();
        }
        if let Some(parent) = table.parent {
            writeln!(out, "foreign key (parent) references t{parent} (id) on delete cascade;")
                .unwrap();
        }
        if table.comment {
            out.push_str("comment \"it's a \\\\ table\";\n");
        }
        out.push_str("} }\n");
    }
    out
}

fn rows(shape: &Shape) -> String {
    let mut out = String::new();
    for table in &shape.tables {
        for row in 1..=2_usize {
            let mut names = vec!["id".to_owned()];
            let mut values = vec![row.to_string()];
            for column in &table.columns {
                names.push(quoted(&column.name));
                let choices = KINDS[column.kind].1;
                let null = column.nullable && (row == 2 || table.uniques.contains(&column.id));
                let value = if null { "NULL" } else { choices[(row - 1) % choices.len()] };
                values.push(value.to_owned());
            }
            if table.parent.is_some() {
                names.push("parent".to_owned());
                values.push("1".to_owned());
            }
            let alone = table.uniques.iter().any(|id| {
                table
                    .columns
                    .iter()
                    .any(|c| c.id == *id && !c.nullable && KINDS[c.kind].1.len() < 2)
            });
            if row == 1 || !alone {
                writeln!(
                    out,
                    "INSERT INTO {} ({}) VALUES ({});",
                    quoted(&table.name),
                    names.join(", "),
                    values.join(", ")
                )
                .unwrap();
            }
        }
    }
    out
}

/// One to four changes. A new column that must have a value gets one.
fn mutate(rng: &mut Rng, from: &Shape) -> (Shape, Vec<(usize, usize, String)>, Vec<String>) {
    let (mut to, mut fills, mut drops) = (from.clone(), Vec::new(), Vec::new());
    for _ in 0..rng.usize(1..=4) {
        if to.tables.is_empty() {
            break;
        }
        let at = rng.usize(0..to.tables.len());
        match rng.u8(0..8) {
            0 | 1 => {
                let column = to.column(rng);
                if !column.nullable
                    && column.said.is_none_or(|s| !s.starts_with("default") && s != "invisible")
                {
                    fills.push((to.tables[at].id, column.id, KINDS[column.kind].1[0].to_owned()));
                }
                to.tables[at].columns.push(column);
            }
            2 if to.tables[at].columns.len() > 1 => {
                let gone = rng.usize(0..to.tables[at].columns.len());
                let gone = to.tables[at].columns.remove(gone).id;
                let table = &mut to.tables[at];
                table.uniques.retain(|id| *id != gone);
                table.indexes.retain(|(id, _)| *id != gone);
                table.checked = table.checked.filter(|id| *id != gone);
                fills.retain(|(_, id, _)| *id != gone);
            }
            3 => to.table(rng),
            4 => {
                let id = to.tables[at].id;
                if to.tables.iter().all(|table| table.parent != Some(id)) {
                    let gone = to.tables.remove(at);
                    fills.retain(|(table, ..)| *table != gone.id);
                    if from.tables.iter().any(|table| table.id == id) {
                        drops.push(gone.name);
                    }
                }
            }
            5 => {
                let was = to.tables[at].uniques.clone();
                to.tables[at].keys(rng);
                // Rows that are alike stand in the way of a new key.
                to.tables[at].uniques.retain(|id| was.contains(id));
            }
            6 => {
                let column = rng.usize(0..to.tables[at].columns.len());
                let column = &mut to.tables[at].columns[column];
                let said = KINDS[column.kind].2;
                // A native type that is stated no more is no difference, by design.
                let free = said.iter().all(|s| !s.starts_with("type") && *s != "invisible");
                if free {
                    column.said = rng.bool().then(|| said[rng.usize(0..said.len())]);
                }
            }
            _ => {
                let column = rng.usize(0..to.tables[at].columns.len());
                // One value for all rows is not unique.
                let unique = to.tables[at].uniques.clone();
                let (id, column) = (to.tables[at].id, &mut to.tables[at].columns[column]);
                if column.nullable && unique.contains(&column.id) {
                    continue;
                }
                if column.nullable {
                    column.nullable = false;
                    fills.push((id, column.id, KINDS[column.kind].1[0].to_owned()));
                } else {
                    column.nullable = true;
                    fills.retain(|(_, filled, _)| *filled != column.id);
                }
            }
        }
    }
    fills.retain(|(table, column, _)| {
        let before = from.tables.iter().find(|t| t.id == *table);
        let Some(before) = before else { return false };
        let was = before.columns.iter().find(|c| c.id == *column);
        was.is_none_or(|column| column.nullable)
    });
    (to, fills, drops)
}

fn life(seed: u64) -> Result<bool, String> {
    let mut rng = Rng::with_seed(seed);
    let mut from = Shape::default();
    for _ in 0..rng.usize(1..=3) {
        from.table(&mut rng);
    }
    let (to, fills, drops) = mutate(&mut rng, &from);
    let parse = |shape: &Shape| -> Result<Schema, String> {
        let text = models(shape);
        engine::models(Path::new("schema.rs"), &text, Backend::Mysql)
            .map_err(|e| format!("{e}\n{text}"))
    };
    let (before, after) = (parse(&from)?, parse(&to)?);
    let plan = |url: &str, models: &Schema, fill: bool| {
        let answers = CaseAnswers {
            drops: if fill { drops.clone() } else { Vec::new() },
            ..CaseAnswers::default()
        };
        let mut options = engine::options(&answers);
        options.allow.insert("all".to_owned());
        options.compare.no_renames = true;
        for (table, column, value) in fills.iter().filter(|_| fill) {
            let table = to.tables.iter().find(|t| t.id == *table).expect("of the target");
            let column = table.columns.iter().find(|c| c.id == *column).expect("of the table");
            options.fills.insert(&table.name, &column.name, value.clone());
        }
        engine::create(url, models, &options)
    };
    let database = Database::create();
    let run = |database: &Database, step: &str, sql: &str| {
        database.run(sql).map_err(|e| format!("{step}: {e}\n{sql}"))
    };
    let Some(created) = plan(&database.url, &before, false)? else { return Err("nothing".into()) };
    run(&database, "create", &created.up.sql)?;
    run(&database, "rows", &rows(&from))?;
    if let Some(rest) = plan(&database.url, &before, false)? {
        return Err(format!(
            "differs from its own models:\n{}",
            plan_text::operations(&rest.operations)
        ));
    }
    let start = (database.fingerprint(), database.rows());
    let Some(planned) = plan(&database.url, &after, true)? else { return Ok(false) };
    let fates =
        Fates::of(&before, &after, &CaseAnswers { drops: drops.clone(), ..CaseAnswers::default() });
    let mut problems = Vec::new();

    run(&database, "up", &planned.up.sql)?;
    let there = (database.fingerprint(), database.rows());
    problems.extend(fates.lost_on_the_way_up(&start.1, &there.1));
    if let Some(rest) = plan(&database.url, &after, false)? {
        problems.push(format!("create finds more:\n{}", plan_text::operations(&rest.operations)));
    }
    let fresh = Database::create();
    if let Some(created) = plan(&fresh.url, &after, false)? {
        run(&fresh, "fresh", &created.up.sql)?;
        // An index whose name was taken by one that goes is numbered.
        let plain = |lines: &[String]| {
            let lines = lines.iter().map(|line| line.replace("_idx1`", "_idx`"));
            let mut lines: Vec<String> = lines.collect();
            lines.sort();
            lines
        };
        problems.extend(
            difference(&plain(&fresh.fingerprint()), &plain(&there.0))
                .map(|d| format!("unlike a fresh one:\n{d}")),
        );
    }
    if planned.down.sql.contains("on those of now it fails") {
        // Said in the file: what comes back is not unique in its rows.
        return if problems.is_empty() { Ok(true) } else { Err(problems.join("\n")) };
    }
    run(&database, "down", &planned.down.sql)?;
    problems.extend(difference(&start.0, &database.fingerprint()).map(|d| format!("down:\n{d}")));
    problems.extend(fates.lost_on_the_way_back(&start.1, &database.rows()));
    run(&database, "up again", &planned.up.sql)?;
    problems
        .extend(difference(&there.0, &database.fingerprint()).map(|d| format!("up again:\n{d}")));
    if problems.is_empty() {
        return Ok(true);
    }
    Err(format!("{}\nup:\n{}\ndown:\n{}", problems.join("\n"), planned.up.sql, planned.down.sql))
}

#[test]
fn random_schemas_go_up_and_down_with_their_rows() {
    let seeds: Vec<u64> = match env::number("GLOWPLUG_SEED") {
        Some(seed) => vec![seed],
        None => (0..env::number("GLOWPLUG_PAIRS").unwrap_or(50)).collect(),
    };
    let (mut failures, mut same) = (Vec::new(), 0);
    for seed in &seeds {
        match life(*seed) {
            Ok(changed) => same += usize::from(!changed),
            Err(problem) => failures.push(format!("seed {seed}: {problem}")),
        }
    }
    println!("{} pairs, {same} without a change", seeds.len());
    assert!(
        failures.is_empty(),
        "{} of {} failed:\n{}",
        failures.len(),
        seeds.len(),
        failures.join("\n\n")
    );
    assert!(same * 2 < seeds.len().max(2), "{same} of {} pairs were alike", seeds.len());
}
