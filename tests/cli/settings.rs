//! Where settings come from, and which wins.

use super::project::Project;

const DIESEL: &str = "[migrations_directory]\ndir = \"from-diesel\"\n";
const CARGO: &str = "[package]\nname = \"app\"\nversion = \"0.1.0\"\n\
    [package.metadata.glowplug]\nmigration-dir = \"from-cargo\"\n";

#[test]
fn the_first_place_wins() {
    let project = Project::new();
    let answer = |run: super::project::Run| run.finish().exit(0).out();
    assert_eq!(answer(project.command("init")), "migrations\n");
    project.write("diesel.toml", DIESEL);
    assert_eq!(answer(project.command("init")), "from-diesel\n");
    project.write("Cargo.toml", CARGO);
    assert_eq!(answer(project.command("init")), "from-cargo\n");
    project.write(".env", "MIGRATION_DIRECTORY=from-dotenv\n");
    assert_eq!(answer(project.command("init")), "from-dotenv\n");
    let variable = ("MIGRATION_DIRECTORY", "from-variable");
    assert_eq!(answer(project.command("init").env(variable.0, variable.1)), "from-variable\n");
    let flag = project.command("init --migration-dir from-flag").env(variable.0, variable.1);
    assert_eq!(answer(flag), "from-flag\n");
}

#[test]
fn an_empty_variable_is_none() {
    Project::new()
        .command("init")
        .env("MIGRATION_DIRECTORY", "")
        .finish()
        .exit(0)
        .stdout("migrations\n");
}

#[test]
fn a_path_in_a_file_is_relative_to_the_file() {
    let project = Project::new().file("diesel.toml", DIESEL).file("src/deep/x.rs", "");
    project.command("init").within("src/deep").finish().exit(0);
    assert!(project.exists("from-diesel") && !project.exists("src/deep/from-diesel"));
}

#[test]
fn the_nearest_diesel_toml_wins_over_a_nearer_cargo_toml() {
    let project = Project::new().file("diesel.toml", "").file("member/Cargo.toml", "[package]\n");
    project.command("init").within("member").finish().exit(0);
    assert!(project.exists("migrations") && !project.exists("member/migrations"));
}

#[test]
fn another_configuration_may_be_named() {
    let project = Project::new().file("other.toml", DIESEL);
    project.run("init --config-file other.toml").exit(0).stdout("from-diesel\n");
    std::fs::remove_dir_all(project.path().join("from-diesel")).unwrap();
    let run = project.command("init").env("DIESEL_CONFIG_FILE", "other.toml");
    run.finish().exit(0).stdout("from-diesel\n");
    project.run("init --config-file absent.toml").exit(1).stdout("").stderr(
        "error: `absent.toml` cannot be read\n  caused by: No such file or directory (os error 2)\n",
    );
}

#[test]
fn an_unknown_key_is_an_error() {
    let manifest = |key: &str| {
        format!("[package]\nname = \"app\"\n[package.metadata.glowplug]\n{key} = \"x\"\n")
    };
    Project::new().file("Cargo.toml", &manifest("migration_dir")).run("init").exit(1).stderr(
        "error: `[package.metadata.glowplug]` in `[project]/Cargo.toml` has the unknown key \
         `migration_dir`\nhint: did you mean `migration-dir`?\n",
    );
    Project::new()
        .file("Cargo.toml", &manifest("colour"))
        .run("init")
        .exit(1)
        .stderr_has("hint: the keys are `migration-dir`, `models`, ");
}

#[test]
fn a_wrong_dotenv_is_an_error_that_keeps_its_secret() {
    let project = Project::new().file(".env", "A=1\nDATABASE_URL=\"postgres://u:s3cret@h/d\n");
    let run = project.run("init").exit(1);
    assert!(!run.err().contains("s3cret"), "{}", run.err());
    run.stderr_has("line 2 of `[project]/.env` is not of the form `NAME=value`");
}

#[test]
fn a_file_that_diesel_cli_overwrites_is_warned_of() {
    let project = Project::new()
        .file("diesel.toml", "[print_schema]\nfile = \"src/schema.rs\"\n")
        .file("src/schema.rs", "diesel::table! { a { id -> Integer, } }\n");
    let quiet = project.run("init").exit(0).err();
    assert!(!quiet.contains("warning"), "{quiet}");
    project.write("src/schema.rs", "glowplug::ddl! { table a {} }\n");
    project
        .run("init")
        .exit(0)
        .stderr_has("warning: Diesel CLI overwrites `src/schema.rs`, which holds `ddl!`\n");
    let named = "[print_schema.extra]\nfile = \"src/schema.rs\"\n";
    project.write("diesel.toml", named);
    project.run("init").exit(0).stderr_has("overwrites `src/schema.rs`");
}
