//! Whole programs: `glowplug`, stock Diesel CLI and `sqlite3`, from start to end.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::contest::{Contender, contest};
use crate::synthetic;

/// One raw query over everything that a comparison must know.
const RAW_QUERY: &str = "
SELECT json_group_array(json_array(m.type, m.name, m.tbl_name, m.sql)) FROM sqlite_schema m;
SELECT json_group_array(json_array(m.name, c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk, c.hidden))
FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table';
SELECT json_group_array(json_array(m.name, f.id, f.seq, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete))
FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table';
SELECT json_group_array(json_array(m.name, i.name, i.\"unique\", i.origin, i.partial, k.seqno, k.cid, k.\"desc\", k.coll))
FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) k WHERE m.type = 'table';";

/// Diesel CLI is quadratic in the number of tables on SQLite: beyond this it takes minutes.
const DIESEL_TABLES: usize = 1_000;

/// A directory with a database, the same schema as models, and no migrations.
struct Bench {
    directory: tempfile::TempDir,
}

impl Bench {
    fn new(tables: usize) -> Self {
        let bench = Self { directory: tempfile::tempdir().expect("a scratch directory") };
        bench.write("schema.sql", &synthetic::sql(tables));
        bench.write("schema.rs", &synthetic::models(tables, ""));
        let extra = "        added -> Nullable<Text>,\n";
        bench.write("changed/schema.rs", &synthetic::models(tables, extra));
        bench.write("diesel.toml", "[print_schema]\n");
        std::fs::create_dir(bench.path().join("migrations")).expect("the directory is new");
        run(bench.command("sqlite3").args(["app.sqlite", ".read schema.sql"]));
        bench
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the directory")).expect("made");
        std::fs::write(path, text).expect("the file is written");
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path()).env("DATABASE_URL", "app.sqlite");
        command.stdin(Stdio::null());
        command
    }

    fn glowplug(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_glowplug"));
        command.args(arguments);
        command
    }

    fn diesel(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("diesel");
        command.args(arguments);
        command
    }

    fn raw_query(&self) -> Contender<'_> {
        Contender::new("sqlite3, raw catalog queries", || {
            run(self.command("sqlite3").args(["app.sqlite", RAW_QUERY]));
        })
    }
}

/// Runs to the end, output and all.
fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {}\n{error}", output.status);
}

/// Reads the database and the models and compares them.
pub(crate) fn diff(tables: usize) {
    let bench = Bench::new(tables);
    // Both sides agree, or something else would be measured.
    run(&mut bench.glowplug(&["diff", "database", "models", "--exit-code"]));

    let mut contenders = vec![bench.raw_query()];
    contenders.push(Contender::new("glowplug diff, no change", || {
        run(&mut bench.glowplug(&["diff", "database", "models"]));
    }));
    contenders.push(Contender::new("glowplug diff, one new column", || {
        run(&mut bench.glowplug(&["diff", "database", "models", "--models", "changed/schema.rs"]));
    }));
    if tables <= DIESEL_TABLES {
        contenders.push(Contender::new("diesel print-schema (reads only)", || {
            run(&mut bench.diesel(&["print-schema"]));
        }));
        let forget = || {
            std::fs::remove_dir_all(bench.path().join("migrations")).expect("removed");
            std::fs::create_dir(bench.path().join("migrations")).expect("made");
        };
        let work = || {
            let flags = ["migration", "generate", "x", "--diff-schema=changed/schema.rs"];
            run(&mut bench.diesel(&flags));
        };
        let name = "diesel --diff-schema, one new column";
        contenders.push(Contender::new(name, work).prepared(forget));
    }
    contest(&format!("Read and compare, SQLite, {tables} tables"), contenders);
}

/// Writes a migration that was proven: up, down and up again on a copy.
pub(crate) fn create(tables: usize) {
    let bench = Bench::new(tables);
    let create = |flags: &[&str]| {
        let mut command = bench.glowplug(&["create", "x", "--models", "changed/schema.rs"]);
        run(command.args(flags));
    };
    contest(
        &format!("Create a migration for one new column, SQLite, {tables} tables"),
        vec![
            bench.raw_query(),
            Contender::new("glowplug create, proven", || create(&["--dry-run"])),
            Contender::new("glowplug create --unproven", || create(&["--dry-run", "--unproven"])),
        ],
    );
}

/// Applies migrations, one table each, to a new database.
pub(crate) fn apply(migrations: usize) {
    let bench = Bench::new(0);
    synthetic::write_migrations(&bench.path().join("migrations"), migrations);
    let fresh = || {
        let _ = std::fs::remove_file(bench.path().join("app.sqlite"));
    };
    contest(
        &format!("Apply {migrations} migrations to a new SQLite file"),
        vec![
            Contender::new("diesel migration run", || {
                run(&mut bench.diesel(&["migration", "run"]));
            })
            .prepared(fresh),
            Contender::new("glowplug migrate", || run(&mut bench.glowplug(&["migrate"])))
                .prepared(fresh),
        ],
    );
    contest(
        &format!("Nothing pending of {migrations}, whole process"),
        vec![
            Contender::new("diesel migration run", || {
                run(&mut bench.diesel(&["migration", "run"]));
            }),
            Contender::new("glowplug migrate", || run(&mut bench.glowplug(&["migrate"]))),
            Contender::new("glowplug status", || run(&mut bench.glowplug(&["status"]))),
        ],
    );
}
