//! `glowplug init`

use super::project::Project;

#[test]
fn init_makes_the_directory_and_tells_the_rest() {
    let project = Project::new();
    project
        .run("init")
        .exit(0)
        .stdout("migrations\n")
        .stderr_has("println!(\"cargo:rerun-if-changed=migrations\");")
        .stderr_has("MigrationManager::new(MIGRATIONS).apply(&mut connection)?");
    assert!(project.exists("migrations/.keep"));
    assert!(!project.exists("build.rs") && !project.exists("Makefile"));
}

#[test]
fn init_writes_more_only_when_asked() {
    let project = Project::new();
    project
        .run("init --makefile --build-script")
        .exit(0)
        .stdout("migrations\nbuild.rs\nMakefile\n");
    assert!(project.read("build.rs").contains("cargo:rerun-if-changed=migrations"));
    assert!(project.read("Makefile").contains("\nmigrate: "));
}

#[test]
fn init_never_overwrites() {
    let project = Project::new()
        .file("build.rs", "fn main() {}\n")
        .file("Makefile", "all:\n\nmigrate:\n\techo mine\n");
    project.run("init").exit(0);
    let before = project.contents();
    project
        .run("init --makefile --build-script")
        .exit(0)
        .stdout("")
        .stderr_has("`build.rs` is already there and stays as it is");
    assert_eq!(project.contents(), before);
}

#[test]
fn init_uses_the_directory_of_the_settings() {
    let project =
        Project::new().file("diesel.toml", "[migrations_directory]\ndir = \"db/migrations\"\n");
    project
        .run("init")
        .exit(0)
        .stdout("db/migrations\n")
        .stderr_has("rerun-if-changed=db/migrations")
        .stderr_has("embed_migrations!(\"db/migrations\")");
}

/// A project as Diesel CLI leaves it, with a database that holds more than the models say.
fn adopted() -> Project {
    let project = Project::new()
        .file(".env", "DATABASE_URL=app.sqlite\n")
        .file(
            "diesel.toml",
            "[print_schema]\nfile = \"src/schema.rs\"\nfilter = { except_tables = [\"^geo\"] }\n[print_schema.audit]\nschema = \"audit\"\nimport_types = [\"crate::types::*\"]\n[migrations_directory]\ndir = \"migrations\"\n",
        )
        .file("src/schema.rs", super::project::SESSION)
        .migration("2020-01-01-000000_create_session", "SELECT 1;", "SELECT 1;");
    project.sqlite(
        "app.sqlite",
        "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, status TEXT NOT NULL);
         CREATE TABLE note (id INTEGER PRIMARY KEY); CREATE TABLE geometry (id INTEGER PRIMARY KEY);",
    );
    project
}

#[test]
fn init_in_a_project_of_diesel_cli_tells_what_it_found_and_writes_nothing() {
    let project = adopted();
    let before = project.contents();
    let told = project.run("init").exit(0).stdout("").err();
    for part in [
        "Diesel CLI  diesel.toml\n",
        "Section     default: `src/schema.rs`, which Diesel CLI writes anew; without `^geo`\n",
        "Section     audit: no file; schema `audit`; types of crate::types::*\n",
        "Migrations  migrations: 1 migration, the latest `2020-01-01-000000_create_session`\n",
        "Database    app.sqlite\n",
        "Models      1 table in `src/schema.rs`\n",
        "Unmanaged   table `note`: in no model, left alone\n",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!told.contains("geometry") && !told.contains("Differences"), "{told}");
    assert_eq!(project.contents(), before);
}

#[test]
fn init_adds_its_targets_to_a_makefile_once() {
    let project = Project::new().file("Makefile", "all:\n\techo all");
    project.run("init --makefile").exit(0).stdout("migrations\nMakefile\n");
    let written = project.read("Makefile");
    assert!(
        written.starts_with("all:\n\techo all\n\noverride raw_name")
            && written.contains("\nmigrate: ")
    );
    project.run("init --makefile").exit(0).stderr_has("`Makefile` is already there and stays");
    assert_eq!(project.read("Makefile"), written);
}

/// A name may hold whatever the keyboard has: neither make nor the shell touches it.
#[test]
fn the_makefile_passes_a_name_as_it_was_typed() {
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_glowplug")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), crate::support::env::text("PATH").unwrap());
    for (number, name) in
        ["it's \"quoted\"", "$(shell touch made) $HOME `touch made`", "a;touch made", "plain"]
            .iter()
            .enumerate()
    {
        let project = Project::with_session();
        project.run("init --makefile").exit(0);
        let output = std::process::Command::new("make")
            .args(["migrate-create", &format!("name={name}")])
            .current_dir(project.path())
            .env_clear()
            .env("PATH", &path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(!project.exists("made"), "{name}");
        let slugs = ["it_s_quoted", "shell_touch_made_home_touch_made", "a_touch_made", "plain"];
        let [migration] = &project.migrations()[..] else { panic!("one migration") };
        assert!(migration.ends_with(&format!("_{}", slugs[number])), "{migration}");
    }
}
