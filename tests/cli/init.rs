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
    let project = Project::new().file("build.rs", "fn main() {}\n").file("Makefile", "all:\n");
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
