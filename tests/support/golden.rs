//! What a case is expected to plan: compared with its files, or written by `make golden`.

use std::fmt::Write as _;
use std::fs;

use glowplug::backend::Backend;

use super::case::Case;
use super::engine::{self, Planned};
use super::plan_text;

/// Compares, or writes when `GLOWPLUG_GOLDEN` is set; every sentence is a difference.
pub(crate) fn compare(case: &Case) -> Vec<String> {
    let mut problems = Vec::new();
    let mut plans = String::new();
    for backend in [Backend::Sqlite, Backend::Postgres, Backend::Mysql] {
        // Without rows nothing is refused for their sake: the live test compares the refusal.
        let needs_rows = backend != Backend::Sqlite && case.is_refused();
        if !case.runs_on(backend) || needs_rows {
            continue;
        }
        let folder = backend.word();
        let planned = plan(case, backend);
        let script = |script: fn(&Planned) -> &String| {
            planned.as_ref().ok().and_then(Option::as_ref).map(script).cloned()
        };
        problems.extend(file(case, &format!("{folder}/up.sql"), script(|p| &p.up.sql)));
        problems.extend(file(case, &format!("{folder}/down.sql"), script(|p| &p.down.sql)));
        let refusal = planned.as_ref().err().map(|error| format!("{error}\n"));
        problems.extend(file(case, &format!("{folder}/refusal.txt"), refusal));
        let plan = match &planned {
            Ok(planned) => plan_text::operations(
                planned.as_ref().map(|p| &p.operations[..]).unwrap_or_default(),
            ),
            Err(_) => "  refused\n".to_owned(),
        };
        writeln!(plans, "{backend}\n{plan}").expect("a String takes all");
    }
    problems.extend(file(case, "plan.txt", Some(plans)));
    problems
}

/// The plan: a server's from the models alone; SQLite's from a database, because a rebuilt table
/// is made of the text that the database stores.
fn plan(case: &Case, backend: Backend) -> Result<Option<Planned>, String> {
    let read = |side: &str| engine::models(&case.folder.join(side), &case.models(side), backend);
    let to = read("after.rs")?;
    if backend != Backend::Sqlite {
        return engine::plan_offline(&read("before.rs")?, &to, backend, &case.answers);
    }
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = folder.path().join("golden.sqlite");
    super::try_sqlite::prepare(case, &path)?;
    engine::plan_live(path.to_str().expect("UTF-8"), &to, &case.answers)
}

/// One file against one text; `None` is a file that must not be there.
pub(crate) fn file(case: &Case, name: &str, text: Option<String>) -> Option<String> {
    let path = case.folder.join(name);
    if super::env::text("GLOWPLUG_GOLDEN").is_some() {
        match text {
            Some(text) => {
                fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
                fs::write(path, text).expect("the file is written");
            }
            None => drop(fs::remove_file(path)),
        }
        return None;
    }
    let expected = case.text(name);
    (expected != text).then(|| {
        let lines = |text: Option<&String>| -> Vec<String> {
            text.map(|t| t.lines().map(str::to_owned).collect()).unwrap_or_default()
        };
        let difference = super::difference(&lines(expected.as_ref()), &lines(text.as_ref()));
        format!(
            "`{name}` differs (read the change, then `make golden`):\n{}",
            difference.unwrap_or_else(|| "  in the order of its lines".to_owned())
        )
    })
}
