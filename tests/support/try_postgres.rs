//! A case on a real PostgreSQL database: up, down and up again, with rows.

use glowplug::backend::{Backend, Script};

use super::case::{Case, CaseAnswers};
use super::fate::Fates;
use super::postgres::Database;
use super::{difference, engine};

/// The whole life of a case; every sentence is something that went wrong. A case of what a newer
/// server has does nothing on an older one, and says so.
#[expect(clippy::print_stdout, reason = "a test run with its output shown tells what it left out")]
pub(crate) fn live(case: &Case) -> Vec<String> {
    let database = Database::create();
    if database.major() < case.answers.since {
        println!("{} needs PostgreSQL {}", case.name, case.answers.since);
        return Vec::new();
    }
    life(case, &database).unwrap_or_else(|error| vec![error])
}

fn life(case: &Case, database: &Database) -> Result<Vec<String>, String> {
    let read =
        |side: &str| engine::models(&case.folder.join(side), &case.models(side), Backend::Postgres);
    let (from, to) = (read("before.rs")?, read("after.rs")?);
    prepare(case, database, &from)?;

    let before = (database.fingerprint(), database.rows());
    let fates = Fates::of(&from, &to, &case.answers);
    let planned = super::expected_refusal(case, Backend::Postgres, || {
        engine::plan_live(&database.url, &to, &case.answers)
    })?;
    let Some(planned) = planned else {
        if (database.fingerprint(), database.rows()) != before {
            return Err("nothing was planned, but the database changed".to_owned());
        }
        return Ok(match case.text("postgres/up.sql") {
            Some(_) => vec!["nothing was planned".to_owned()],
            None => Vec::new(),
        });
    };
    let mut problems = Vec::new();
    let mut add = |step: &str, found: &mut dyn Iterator<Item = String>| {
        problems.extend(found.map(|problem| format!("{step}: {problem}")));
    };

    run(database, "up", &planned.up)?;
    let after = (database.fingerprint(), database.rows());
    add("up", &mut fates.lost_on_the_way_up(&before.1, &after.1).into_iter());
    if let Some(rest) = engine::plan_live(&database.url, &to, &CaseAnswers::default())? {
        let text = super::plan_text::operations(&rest.operations);
        add("create finds differences after up", &mut std::iter::once(text));
    }

    run(database, "down", &planned.down)?;
    let back = (database.fingerprint(), database.rows());
    add("down", &mut difference(&before.0, &back.0).into_iter());
    add("down", &mut fates.lost_on_the_way_back(&before.1, &back.1).into_iter());

    run(database, "up again", &planned.up)?;
    add("up again", &mut difference(&after.0, &database.fingerprint()).into_iter());
    Ok(problems)
}

/// Creates the database of a case.
pub(crate) fn prepare_case(case: &Case, database: &Database) -> Result<(), String> {
    let file = case.folder.join("before.rs");
    let models = engine::models(&file, &case.models("before.rs"), Backend::Postgres)?;
    prepare(case, database, &models)
}

fn prepare(
    case: &Case,
    database: &Database,
    models: &glowplug::model::Schema,
) -> Result<(), String> {
    if let Some(sql) = case.sql("first", Backend::Postgres) {
        database.run(&sql)?;
    }
    if let Some(planned) = engine::plan_live(&database.url, models, &CaseAnswers::default())? {
        run(database, "creating before.rs", &planned.up)?;
    }
    let around = [case.text("rows.sql"), case.sql("setup", Backend::Postgres)];
    around.into_iter().flatten().try_for_each(|sql| database.run(&sql))
}

fn run(database: &Database, step: &str, script: &Script) -> Result<(), String> {
    let sql = if script.run_in_transaction {
        format!("BEGIN;\n{}\nCOMMIT;", script.sql)
    } else {
        script.sql.clone()
    };
    database.run(&sql).map_err(|e| format!("{step}: {e}\n{sql}"))
}
