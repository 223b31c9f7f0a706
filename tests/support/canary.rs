//! The password of the scratch PostgreSQL server is searched for wherever a program could leave it:
//! here in what it prints and writes, by `scripts/canary` in the report of the whole suite.

use std::path::Path;
use std::process::Output;

/// The password in `GLOWPLUG_TEST_POSTGRES`, as `scripts/with-postgres` says it.
pub(crate) const CANARY: &str = "canary-3f9a7c";

/// The output must not hold the password.
#[track_caller]
pub(crate) fn search(output: &Output) {
    for printed in [&output.stdout, &output.stderr] {
        let printed = String::from_utf8_lossy(printed);
        // It is in no message about it, either: the whole report is searched.
        let shown = printed.replace(CANARY, "[password]");
        assert!(!printed.contains(CANARY), "a password is printed: {shown}");
    }
}

/// The texts below a directory must not hold it; a `.env` is the user's.
#[track_caller]
pub(crate) fn search_files(directory: &Path) {
    for file in walk(directory) {
        let text = std::fs::read(&file).unwrap_or_default();
        assert!(!holds(&text), "a password is in {}", file.display());
    }
}

fn holds(text: &[u8]) -> bool {
    text.windows(CANARY.len()).any(|window| window == CANARY.as_bytes())
}

/// What a program writes as text, by its extension.
const TEXTS: [&str; 6] = ["sql", "rs", "toml", "json", "md", "patch"];

/// The texts below a directory. A SQLite file is not even opened: to close it again would free the
/// locks that this process has on it (`fcntl`, POSIX).
fn walk(directory: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries.flatten() {
        match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => files.extend(walk(&entry.path())),
            Ok(metadata) if metadata.is_file() => files.push(entry.path()),
            Ok(_) | Err(_) => {}
        }
    }
    files.retain(|file| {
        file.extension().is_some_and(|extension| TEXTS.iter().any(|text| extension == *text))
    });
    files
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// What finds nothing must be able to find something.
    #[test]
    fn a_password_that_is_planted_is_found() {
        let shell = |script: &str| Command::new("sh").args(["-c", script]).output().expect("sh");
        search(&shell("echo nothing"));
        for script in [format!("echo {CANARY}"), format!("echo 'x{CANARY}x' >&2")] {
            let output = shell(&script);
            assert!(std::panic::catch_unwind(|| search(&output)).is_err());
        }
        let directory = tempfile::tempdir().expect("a directory");
        let deep = directory.path().join("migrations/1_a");
        std::fs::create_dir_all(&deep).expect("directories");
        std::fs::write(directory.path().join(".env"), CANARY).expect("a file");
        search_files(directory.path());
        let report = deep.join("up.sql");
        for (text, clean) in [("SELECT 1;".to_owned(), true), (format!("-- {CANARY}"), false)] {
            std::fs::write(&report, &text).expect("a file");
            let found = std::panic::catch_unwind(|| search_files(directory.path()));
            assert_eq!(found.is_ok(), clean);
            let script = crate::support::file("scripts/canary");
            let status = Command::new(script).arg(&report).output().expect("scripts/canary").status;
            assert_eq!(status.success(), clean);
        }
    }
}
