//! Databases of other programs: what is pulled is no difference, and a change of any table that goes and
//! comes back leaves the rest to the letter. `scripts/real-files` makes them, and runs this.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::cli::project::Project;
use crate::replicas::told;

/// What `scripts/real-files` names.
const FILES: &str = "GLOWPLUG_TEST_REAL_FILES";

/// How many tables of a database are changed, one after the other.
const TABLES: usize = 12;

#[test]
#[ignore = "run by scripts/real-files, which makes the databases"]
fn each() {
    let Some(directory) = told(FILES) else { panic!("{FILES} names no directory") };
    let directory = Path::new(&directory);
    let mut files: Vec<_> = std::fs::read_dir(directory.join("files"))
        .expect("a directory")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            !path.to_string_lossy().ends_with("-wal") && !path.to_string_lossy().ends_with("-shm")
        })
        .collect();
    files.sort();
    assert!(files.len() >= 8, "{files:?}");
    let mut report = String::from(
        "| Database | Tables | Changed | Rebuilt | Refused |\n|---|---|---|---|---|\n",
    );
    let mut wrong = String::new();
    for file in &files {
        let name = file.file_name().expect("a name").to_string_lossy();
        let mut fate = Fate::default();
        examine(file, &mut fate);
        let refused: Vec<_> =
            fate.refused.iter().map(|(what, why)| format!("{what}: {why}")).collect();
        let Fate { tables, added, checked, .. } = fate;
        writeln!(report, "| {name} | {tables} | {added} | {checked} | {} |", refused.join("<br>"))
            .unwrap();
        for fault in fate.wrong {
            writeln!(wrong, "{name}: {fault}").unwrap();
        }
        // What is known so far, for those who wait.
        std::fs::write(directory.join("report.md"), format!("{report}\n{wrong}")).expect("written");
    }
    assert!(wrong.is_empty(), "{report}\n{wrong}");
}

/// What became of a database.
#[derive(Default)]
struct Fate {
    tables: usize,
    added: usize,
    checked: usize,
    refused: BTreeMap<String, String>,
    wrong: Vec<String>,
}

fn examine(file: &Path, fate: &mut Fate) {
    let project = Project::new().file(".env", "DATABASE_URL=app.sqlite\n");
    for end in ["", "-wal", "-shm"] {
        let from = format!("{}{end}", file.display());
        if Path::new(&from).exists() {
            std::fs::copy(from, project.path().join(format!("app.sqlite{end}"))).expect("copied");
        }
    }
    let database = project.path().join("app.sqlite");
    let before = content(&database);
    let pulled = project.run("pull --output schema.rs");
    if pulled.code() != Some(0) {
        fate.wrong.push(format!("pull: {}", pulled.err()));
        return;
    }
    let differs = project.run("diff models database");
    if differs.code() != Some(0) {
        fate.wrong.push(format!("pull is no fixpoint: {}{}", differs.out(), differs.err()));
        return;
    }
    if content(&database) != before {
        fate.wrong.push("pull or diff changed the database".to_owned());
    }
    let models = project.read("schema.rs");
    std::fs::create_dir_all(project.path().join("migrations")).expect("made");
    for table in tables(&models).into_iter().take(TABLES) {
        fate.tables += 1;
        for (change, models) in
            [("column", with_column(&models, &table)), ("check", with_check(&models, &table))]
        {
            project.write("schema.rs", models);
            match there_and_back(&project, &before) {
                Ok(()) if change == "column" => fate.added += 1,
                Ok(()) => fate.checked += 1,
                Err(Stop::Refused(why)) => {
                    drop(fate.refused.insert(format!("{table} ({change})"), why));
                }
                Err(Stop::Wrong(why)) => {
                    fate.wrong.push(format!("{table} ({change}): {why}"));
                    return;
                }
            }
        }
    }
}

enum Stop {
    Refused(String),
    Wrong(String),
}

/// Creates, migrates and reverts; the database is then to the letter what it was.
fn there_and_back(project: &Project, before: &[String]) -> Result<(), Stop> {
    let database = project.path().join("app.sqlite");
    let created = project.run("create --name change");
    match created.code() {
        Some(0) if !project.migrations().is_empty() => {}
        // A collation of the program's, for one: SQLite alters no file with an index that has it.
        Some(4) => {
            let error = created.err();
            let line = error.lines().find(|line| line.contains("error: ")).unwrap_or_default();
            return Err(Stop::Refused(line.replace('|', "\\|")));
        }
        _ => return Err(Stop::Wrong(format!("create: {}{}", created.out(), created.err()))),
    }
    for line in ["migrate", "revert --yes"] {
        let ran = project.run(line);
        if ran.code() != Some(0) {
            return Err(Stop::Wrong(format!("{line}: {}", ran.err())));
        }
        let now = content(&database);
        // Up adds and changes nothing but the text of one table.
        let lost: Vec<_> =
            before.iter().filter(|line| line.starts_with("row ") && !now.contains(line)).collect();
        let wanted = line == "migrate" && lost.is_empty() || now == before;
        if !wanted {
            let gone = before.iter().find(|line| !now.contains(line));
            let came = now.iter().find(|line| !before.contains(line));
            return Err(Stop::Wrong(format!("after {line}: was {gone:?}, is {came:?}")));
        }
    }
    std::fs::remove_dir_all(project.path().join("migrations")).expect("removed");
    std::fs::create_dir_all(project.path().join("migrations")).expect("made");
    Ok(())
}

/// Every object, every row and the settings of a file, as Python's SQLite reads them, which can be given the
/// collation of a program.
fn content(database: &Path) -> Vec<String> {
    let script = r#"
import re, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.text_factory = bytes
# Anki's.
db.create_collation("unicase", lambda a, b: (a.casefold() > b.casefold()) - (a.casefold() < b.casefold()))
for pragma in "user_version application_id encoding page_size journal_mode auto_vacuum".split():
    print("pragma", pragma, db.execute("PRAGMA " + pragma).fetchone())
ours = lambda name: name.startswith(b"__diesel_") or name.startswith(b"__glowplug_")
objects = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
for kind, name, table, sql in sorted(objects, key=repr):
    if ours(table):
        continue
    if kind == b"table":
        # RENAME TO, with which a rebuild ends, writes the name of the table in double quotes.
        sql = re.sub(rb"""^CREATE TABLE ("[^"]*"|'[^']*'|`[^`]*`|\[[^]]*\]|[^ (]*)\s*""", b"CREATE TABLE ", sql)
    print("object", kind, name, sql)
# A rebuild puts its table last.
for kind, name, table, sql in sorted(objects, key=repr):
    # DROP TABLE takes the statistics of its table along, which the next ANALYZE makes anew.
    if kind != b"table" or ours(name) or name.startswith(b"sqlite_stat") or (sql or b"").upper().startswith(b"CREATE VIRTUAL"):
        continue
    quoted = '"' + name.decode().replace('"', '""') + '"'
    columns = [row[1].decode() for row in db.execute("PRAGMA table_info(" + quoted + ")") if row[1] != b"glowplug_added"]
    columns = ", ".join('"' + column.replace('"', '""') + '"' for column in columns)
    rowid = "rowid, " if name != b"sqlite_sequence" else ""
    try:
        db.execute("SELECT rowid FROM " + quoted + " LIMIT 1")
    except sqlite3.OperationalError:
        rowid = ""
    rows = db.execute("SELECT " + rowid + columns + " FROM " + quoted)
    # A rebuild writes the counter of its table anew.
    for row in sorted(rows) if name == b"sqlite_sequence" else rows:
        print("row", name, row)
"#;
    let output =
        Command::new("python3").args(["-c", script]).arg(database).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// The names of the tables, as the models write them.
fn tables(models: &str) -> Vec<String> {
    let blocks = models.split("diesel::table! {\n").skip(1);
    blocks.filter_map(header).collect()
}

/// The name that a block of `table!` declares.
fn header(block: &str) -> Option<String> {
    let line = block.lines().find(|line| {
        let text = line.trim_start();
        line.starts_with("    ")
            && !line.starts_with("     ")
            && !text.starts_with('#')
            && !text.starts_with("//")
            && !text.starts_with("use ")
    })?;
    Some(line.trim().split([' ', '(']).next()?.to_owned())
}

fn with_column(models: &str, table: &str) -> String {
    let mut blocks: Vec<String> = models.split("diesel::table! {\n").map(str::to_owned).collect();
    for block in blocks.iter_mut().skip(1).filter(|block| header(block).as_deref() == Some(table)) {
        *block =
            block.replacen("\n    }\n", "\n        glowplug_added -> Nullable<Text>,\n    }\n", 1);
    }
    blocks.join("diesel::table! {\n")
}

fn with_check(models: &str, table: &str) -> String {
    let open = format!("    table {table} {{");
    match models.contains(&open) {
        true => models.replacen(&open, &format!("{open} check glowplug_check \"1 = 1\";"), 1),
        false => format!(
            "{models}\nglowplug::ddl! {{ table {table} {{ check glowplug_check \"1 = 1\"; }} }}\n"
        ),
    }
}
