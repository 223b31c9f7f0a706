//! The verbs on PostgreSQL.

use super::project::Project;
use crate::support::postgres::Database;

const MODELS: &str = "\
diesel::table! {
    session (id) {
        id -> Integer,
        status -> Text,
    }
}
glowplug::ddl! {
    table session {
        status: default \"'pending'\";
        index (status);
    }
}
";

fn project(database: &Database) -> Project {
    Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", database.url))
        .file("schema.rs", MODELS)
}

#[test]
fn the_verbs_work_on_postgres() {
    let database = Database::create();
    let project = project(&database);
    project.run("status").exit(1).stderr_has("there is no directory");
    project.run("create").exit(0).stdout_has("_create_session/up.sql\n").stderr_has("proven: ");
    project.run("status --check").exit(3).stdout_has("Pending    1\n");
    project.run("migrate").exit(0).stdout_has("_create_session\n");
    project.run("migrate").exit(0).stdout("").stderr("Nothing to apply\n");
    project.run("status --check").exit(0);
    project.run("create").exit(0).stdout("").stderr("No changes detected\n");
    project.run("diff --exit-code").exit(0).stdout("");

    project.run("pull --output pulled.rs").exit(0);
    project.run("diff --models pulled.rs --exit-code").exit(0).stdout("");

    database.must("INSERT INTO session VALUES (1), (2)");
    project.run("revert").exit(4).stderr_has("drops table `session`, 2 rows");
    project.run("redo --yes").exit(0);
    project.run("revert --all --yes").exit(0);
    project.run("status --check").exit(3);
}

#[test]
fn the_migration_is_proven_where_it_is_told() {
    let database = Database::create();
    let project = project(&database);
    let live = project.run("create --dry-run --prove live").exit(0).err();
    assert!(live.contains("on the database itself"), "{live}");
    let scratch = project.run("create --dry-run --prove scratch").exit(0).err();
    assert!(scratch.contains("a scratch schema"), "{scratch}");
    let by_setting = project.command("create --dry-run").env("GLOWPLUG_PROVE", "scratch");
    assert_eq!(by_setting.finish().exit(0).err(), scratch);
    let wrong = project.command("create --dry-run").env("GLOWPLUG_PROVE", "somewhere").finish();
    wrong.exit(1).stderr_has("expected `live` or `scratch`");
}

#[test]
fn migrations_and_files_are_run_on_a_database_that_goes_again() {
    let database = Database::create();
    let project = project(&database);
    project.run("create").exit(0);
    project.run("diff migrations models --exit-code").exit(0).stdout("");
    project.run("diff migrations database").exit(0).stdout_has("- table session\n");
    project.write("other.sql", "CREATE TABLE other (id bigint PRIMARY KEY)");
    project.run("diff migrations other.sql").exit(0).stdout_has("+ table other\n");
    project.run("create --from migrations").exit(0).stderr("No changes detected\n");
    let left = "SELECT count(*) AS n FROM pg_database WHERE datname LIKE 'glowplug%'";
    database.must(&format!("DO $$ BEGIN ASSERT ({left}) = 0; END $$"));
    assert!(database.rows().is_empty(), "nothing came into the database itself");
}

#[test]
fn what_cannot_come_back_for_the_rows_is_asked_about() {
    let database = Database::create();
    let models = |session: &str| {
        format!("diesel::table! {{ session (id) {{ id -> Integer, {session} }} }}\n")
    };
    let with_org = models("org_id -> Integer,")
        + "diesel::table! { org (id) { id -> Integer, } }\n\
           glowplug::ddl! { table session { foreign key (org_id) references org (id); } }\n";
    let project = project(&database).file("schema.rs", &with_org);
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    database.must("INSERT INTO org VALUES (1), (2)");
    database.must("INSERT INTO session VALUES (1, 1), (2, 2)");
    let project = project.file("schema.rs", &models(""));
    let answers = "--drop org --allow drop-table,drop-column,drop-constraint";
    let refused = project.run(&format!("create gone {answers}")).exit(4);
    refused.stderr_has("violates foreign key constraint").stderr_has("`--allow irreversible`");
    project.run(&format!("create gone {answers},irreversible")).exit(0);
    project.run("migrate").exit(0);
    project.run("revert --yes").exit(1).stderr_has("violates foreign key constraint");
    database.must("DELETE FROM session");
    project.run("redo --yes").exit(0);
}
