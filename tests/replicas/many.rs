//! Any number of processes at once, on new databases and on such with pending work; beside them the
//! same with plain `diesel_migrations`, for the record.

use std::time::{Duration, Instant};

use diesel::{Connection as _, MysqlConnection, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use glowplug::model::Backend;

use super::{Gathering, MIGRATIONS, MODE, START, URL, child, tell, told};
use crate::apply::support::{Migrations, Scratch};
use crate::support::pgbouncer::PgBouncer;
use crate::support::{canary, env};

/// What the processes run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Sqlite,
    Postgres,
    /// PostgreSQL through PgBouncer in transaction mode.
    Pooled,
    Mariadb,
}

const PLACES: [Place; 4] = [Place::Sqlite, Place::Postgres, Place::Pooled, Place::Mariadb];

/// How many migrations of them all are there before, where there is pending work.
const BEFORE: usize = 2;

fn migrations(place: Place, all: bool) -> Migrations {
    let migrations = Migrations::of(&[("0_ran", "CREATE TABLE ran (x INTEGER);")]);
    let add = |name: &str, up: &str| drop(migrations.add(name, up, "SELECT 1;"));
    add("1_a", "INSERT INTO ran VALUES (1); CREATE TABLE a (x INTEGER);");
    if !all {
        return migrations;
    }
    add("2_b", "CREATE TABLE b (x INTEGER); INSERT INTO ran VALUES (2);");
    match place {
        Place::Sqlite => drop(migrations.add_outside("3_c", "VACUUM;", "SELECT 1;")),
        Place::Postgres => {
            let up = "CREATE INDEX CONCURRENTLY i ON ran (x);";
            drop(migrations.add_outside("3_c", up, "SELECT 1;"));
        }
        Place::Pooled | Place::Mariadb => add("3_c", "CREATE INDEX i ON ran (x);"),
    }
    add("4_d", "INSERT INTO ran VALUES (4); ALTER TABLE a ADD COLUMN y INTEGER;");
    migrations
}

/// What became of the processes of one round.
#[derive(Debug, Default)]
struct Round {
    failed: usize,
    applied: usize,
    took: Duration,
    errors: Vec<String>,
}

fn round(place: Place, processes: usize, pending: bool, tool: &str) -> Round {
    let scratch = match place {
        Place::Sqlite => Scratch::sqlite(),
        Place::Postgres | Place::Pooled => Scratch::postgres(),
        Place::Mariadb => Scratch::mariadb(),
    };
    let pooler = (place == Place::Pooled).then(|| PgBouncer::start(10));
    let url = pooler.as_ref().map_or(scratch.url.clone(), |pooler| pooler.url(&scratch.url));
    if pending {
        migrations(place, false).manager().apply(&mut scratch.open()).expect("the first two");
    }
    let migrations = migrations(place, true);
    let path = migrations.path().display().to_string();
    let gathering = Gathering::new();
    let start = gathering.place();
    let mode = if place == Place::Pooled { "transaction" } else { "session" };
    let variables = [(URL, url.as_str()), (MIGRATIONS, &path), (START, &start), (MODE, mode)];
    let name = format!("replicas::{tool}");
    let children: Vec<_> = (0..processes).map(|_| child(&name, &variables)).collect();
    gathering.start(processes);
    let begun = Instant::now();
    let mut round = Round::default();
    for child in children {
        let output = child.wait_with_output().expect("an end");
        if tool == "replica" {
            canary::search(&output);
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let applied = text.lines().find_map(|line| line.split("applied=").nth(1));
        match applied.filter(|_| output.status.success()) {
            Some(count) => round.applied += count.trim().parse::<usize>().expect("a number"),
            None => {
                round.failed += 1;
                round.errors.push(format!("{text}{}", String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    round.took = begun.elapsed();
    if tool == "replica" {
        round.errors.extend(wrong(&scratch, &round, pending));
    }
    round
}

/// What is not as it must be after a round: each migration was applied once, by somebody, in time.
fn wrong(scratch: &Scratch, round: &Round, pending: bool) -> Option<String> {
    let expected = if pending { 5 - BEFORE } else { 5 };
    let found = [
        round.applied.to_string(),
        scratch.ask("SELECT count(*), sum(x) FROM ran"),
        scratch.applied().join(","),
        scratch.ask("SELECT DISTINCT state FROM __glowplug_history"),
        (round.took < Duration::from_secs(60)).to_string(),
    ];
    let wanted =
        [expected.to_string().as_str(), "3|7", "0,1,2,3,4", "applied", "true"].map(str::to_owned);
    (found != wanted).then(|| format!("{found:?} instead of {wanted:?}"))
}

#[test]
fn sixteen_at_once_on_sqlite() {
    twice(Place::Sqlite);
}

#[test]
fn sixteen_at_once_on_postgres() {
    twice(Place::Postgres);
}

#[test]
fn sixteen_at_once_through_a_pooler() {
    twice(Place::Pooled);
}

#[test]
fn sixteen_at_once_on_mariadb() {
    twice(Place::Mariadb);
}

fn twice(place: Place) {
    for pending in [false, true] {
        let round = round(place, 16, pending, "replica");
        assert!(round.errors.is_empty(), "{place:?}: {:?}", round.errors.first());
    }
}

/// All numbers of processes, as many rounds as `GLOWPLUG_TEST_ROUNDS` says; only where
/// `GLOWPLUG_TEST_PLACE` says, and with as many as `GLOWPLUG_TEST_PROCESSES`. `scripts/replicas`
/// runs it.
#[test]
#[ignore = "takes an hour; its figures are reported, not tested"]
fn every_number_of_processes() {
    let rounds = env::number("GLOWPLUG_TEST_ROUNDS").unwrap_or(1);
    let wanted = env::text("GLOWPLUG_TEST_PLACE");
    let only = env::number("GLOWPLUG_TEST_PROCESSES").and_then(|n| usize::try_from(n).ok());
    let places = PLACES.into_iter().filter(|place| {
        wanted.as_ref().is_none_or(|wanted| format!("{place:?}").eq_ignore_ascii_case(wanted))
    });
    println!(
        "| where | processes | database | rounds | rounds that failed | median | slowest | failed with `diesel_migrations` |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut all = Vec::new();
    for place in places {
        for processes in [2, 8, 32, 64].into_iter().filter(|all| only.is_none_or(|n| n == *all)) {
            for pending in [false, true] {
                all.extend(rounds_of(place, processes, pending, rounds));
            }
        }
    }
    assert!(all.is_empty(), "{} rounds failed: {:?}", all.len(), all.first());
}

/// So many rounds, and a line of the table; what was wrong in them.
#[expect(clippy::print_stdout, reason = "the table is what it is run for")]
fn rounds_of(place: Place, processes: usize, pending: bool, rounds: u64) -> Vec<String> {
    let done: Vec<_> = (0..rounds).map(|_| round(place, processes, pending, "replica")).collect();
    let mut times: Vec<_> = done.iter().map(|round| round.took).collect();
    times.sort();
    let wrong: Vec<_> =
        done.into_iter().filter_map(|round| round.errors.into_iter().next()).collect();
    // The others fail from the first round on.
    let others = rounds.min(5);
    let failed = (0..others).map(|_| round(place, processes, pending, "diesel_replica").failed);
    let failed: usize = failed.sum();
    println!(
        "| {place:?} | {processes} | {} | {rounds} | {} | {:.2?} | {:.2?} | {failed} of {} |",
        if pending { "3 pending" } else { "new" },
        wrong.len(),
        times[times.len() / 2],
        times[times.len() - 1],
        others * processes as u64,
    );
    wrong
}

/// A process of plain `diesel_migrations`.
pub(super) fn diesel_replica() {
    let (Some(url), Some(path)) = (told(URL), told(MIGRATIONS)) else { return };
    let source = FileBasedMigrations::from_path(path).expect("a directory");
    let backend = glowplug::connection::DatabaseUrl::parse(&url).expect("a URL").backend();
    macro_rules! run {
        ($connection:ty) => {{
            let mut connection = <$connection>::establish(&url).expect("a connection");
            super::wait_for_start();
            connection.run_pending_migrations(source).expect("applied").len()
        }};
    }
    let applied = match backend {
        Backend::Sqlite => run!(SqliteConnection),
        Backend::Postgres => run!(PgConnection),
        Backend::Mysql => run!(MysqlConnection),
    };
    tell(applied);
}
