//! What takes long says so on stderr; what does not says nothing.

use super::project::Project;

/// Takes some seconds, in whatever order of rows.
const SLOW: &str = "(WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 12000000) SELECT max(n) FROM c)";

/// `proof: up.sql, 2 s`: what is done, and for how long.
fn told<'a>(error: &'a str, doing: &str) -> Option<&'a str> {
    error.lines().find(|line| {
        let seconds = line.strip_prefix(doing).and_then(|rest| rest.strip_prefix(", "));
        seconds
            .is_some_and(|rest| rest.strip_suffix(" s").is_some_and(|it| it.parse::<u64>().is_ok()))
    })
}

#[test]
fn a_long_proof_tells_where_it_is() {
    let project = Project::with_session();
    project.run("create --name first").exit(0);
    project.run("migrate").exit(0);
    project.sqlite("app.sqlite", "INSERT INTO session VALUES (1, 'a')");
    let models = project.read("schema.rs");
    project.write("schema.rs", models.replace("status -> Text,", "status -> Text, n -> Integer,"));
    let fill = format!("session.n={SLOW}");
    let create = |more: &[&str]| {
        let mut line = vec!["create", "--dry-run", "--fill", &fill];
        line.extend(more);
        project.command_of(&line).finish().exit(0)
    };
    let error = create(&[]).err();
    let lines = error.lines().filter(|line| line.starts_with("proof: "));
    let lines: Vec<_> = lines.collect();
    assert!(told(&error, lines[0].split(", ").next().unwrap()).is_some(), "{error}");
    assert!(lines[0].contains(".sql"), "{error}");
    let json = create(&["--format", "json"]);
    assert_eq!(json.json()["version"], 1);
    json.stderr("");
}

#[test]
fn a_long_migration_tells_which_statement_runs() {
    let up = format!("CREATE TABLE s (n INTEGER);\nINSERT INTO s SELECT {SLOW} + {SLOW};\n");
    let name = "2026-01-01-000000-0000_slow";
    for (flags, tells) in [("", true), (" --quiet", false), (" --format json", false)] {
        let project = Project::with_session().migration(name, &up, "DROP TABLE s;");
        let ran = project.run(&format!("migrate{flags}")).exit(0);
        let error = ran.err();
        let line = told(&error, &format!("{name}: statement 2 of 2"));
        assert_eq!(line.is_some(), tells, "{flags}: {error}");
        if flags.contains("json") {
            assert_eq!(ran.json()["applied"][0]["name"], name);
        }
        // A fast one tells nothing.
        assert!(!project.run("revert --yes").exit(0).err().contains("statement"));
    }
}
