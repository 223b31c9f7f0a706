//! What is legal and seldom meant, told where it is met: at a change of its table, and by `check`.

use crate::cli::project::Project;

const MODELS: &str = "\
diesel::table! { parent (id) { id -> Integer, code -> Text } }
diesel::table! { child (id) { id -> Integer, code -> Text, amount -> Text } }
diesel::table! { plain (id) { id -> Integer, name -> Text } }
glowplug::ddl! {
    table parent { unique (code); }
    table child {
        amount: type \"STRING\";
        foreign key (code) references parent (code);
    }
    table plain {}
}
";

const STRING: &str = "column `child.amount` is declared STRING, which SQLite takes for a number: the text \
    '007' is kept as 7";
const QUOTED: &str =
    "\"draft\" in the check `name <> \"draft\"` of `plain` is a text: `plain` has no such column";
fn project() -> Project {
    Project::new().file(".env", "DATABASE_URL=app.sqlite\n").file("schema.rs", MODELS)
}

fn change(project: &Project, from: &str, to: &str) {
    let models = project.read("schema.rs");
    assert!(models.contains(from), "{from}");
    project.write("schema.rs", models.replacen(from, to, 1));
}

#[test]
fn create_tells_of_the_tables_that_change() {
    let project = project();
    let warned = |line: &str| -> Vec<String> {
        let error = project.run(line).exit(0).err();
        let lines = error.lines().filter_map(|line| line.strip_prefix("warning: "));
        lines.map(str::to_owned).collect()
    };
    // A new table.
    assert_eq!(warned("create --name base"), [STRING]);
    project.run("migrate").exit(0);
    // A table without one: nothing is told of the others.
    change(&project, "name -> Text }", "name -> Text, note -> Nullable<Text> }");
    assert_eq!(warned("create --name note"), [""; 0]);
    project.run("migrate").exit(0);
    // A trap that comes.
    change(&project, "table plain {}", "table plain { check \"name <> \\\"draft\\\"\"; }");
    assert_eq!(warned("create --name draft"), [QUOTED]);
    project.run("migrate").exit(0);
    // One that stands in a table that changes, in JSON too, and with --quiet: a warning is one.
    change(&project, "code -> Text, amount", "code -> Text, more -> Nullable<Text>, amount");
    let ran = project.run("create --dry-run --format json").exit(0).json();
    let told = serde_json::json!({ "table": ran["traps"][0]["table"], "message": STRING });
    assert_eq!(ran["traps"], serde_json::json!([told]));
    assert_eq!(warned("create --name more --quiet"), [STRING]);
}

#[test]
fn check_tells_all_of_them_and_agrees() {
    let project = project();
    project.run("create --name base").exit(0);
    project.run("migrate").exit(0);
    let said = format!("Traps      1 place worth a look\n  {STRING}\n");
    project.run("check").exit(0).stdout_has(&said).stderr("No differences\n");
    project.run("check --no-database").exit(0).stdout_has(&said);
    let checked = project.run("check --format json").exit(0).json();
    assert_eq!(
        (&checked["agrees"], &checked["traps"][0]["message"]),
        (&true.into(), &STRING.into())
    );
    // And of what the models are about to bring.
    change(&project, "table plain {}", "table plain { check \"name <> \\\"draft\\\"\"; }");
    project
        .run("check")
        .exit(3)
        .stdout_has(&format!("Traps      2 places worth a look\n  {STRING}\n  {QUOTED}\n"));
    // Differences are all that `diff` tells.
    assert!(!project.run("diff").exit(0).err().contains("draft\" in"));
}
