//! What `ddl!` adds to the time that the compiler takes for `table!`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::contest::{Contender, contest};
use crate::synthetic;

/// Checks a crate of models again and again, without and with `ddl!`.
pub(crate) fn ddl_beside_table(tables: usize) {
    let bare = (0..tables).map(|table| synthetic::table_macro(table, "")).collect::<String>();
    let full = synthetic::models(tables, "");
    let (without, with) = (krate("without", &bare), krate("with", &full));
    contest(
        &format!("Compile (cargo check) the models of {tables} tables"),
        vec![
            Contender::new("table! alone", || check(&without)),
            Contender::new("table! and ddl!", || check(&with)),
        ],
    );
}

/// A library of these models. The lock file is this package's, so that nothing is downloaded.
fn krate(name: &str, models: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile").join(name);
    std::fs::create_dir_all(directory.join("src")).expect("the directory is made");
    let manifest = format!(
        "[package]\nname = \"models\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ndiesel = {{ version = \"~2.3.0\", default-features = false }}\n\
         glowplug = {{ path = {package:?}, default-features = false }}\n"
    );
    std::fs::write(directory.join("Cargo.toml"), manifest).expect("the file is written");
    std::fs::write(directory.join("src/lib.rs"), models).expect("the file is written");
    std::fs::copy(package.join("Cargo.lock"), directory.join("Cargo.lock")).expect("copied");
    check(&directory);
    directory
}

/// `touch src/lib.rs && cargo check`.
fn check(directory: &Path) {
    let file = directory.join("src/lib.rs");
    let models = std::fs::read(&file).expect("the models are there");
    std::fs::write(&file, models).expect("the file is written");
    let mut command = Command::new(env!("CARGO"));
    command.args(["check", "--offline", "--quiet", "--target-dir", "target"]);
    let output = command.current_dir(directory).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
