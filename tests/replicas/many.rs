//! Any number of processes at once, on new databases and on such with pending work; beside them the
//! same with plain `diesel_migrations`, for the record.

use std::time::{Duration, Instant};

use diesel::{Connection as _, PgConnection, SqliteConnection};
use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};
use glowplug::model::Backend;

use super::{MIGRATIONS, MODE, START, URL, child, tell, told};
use crate::apply::support::{Migrations, Scratch};
use crate::support::env;
use crate::support::pgbouncer::PgBouncer;

/// What the processes run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Sqlite,
    Postgres,
    /// PostgreSQL through PgBouncer in transaction mode.
    Pooled,
}

const PLACES: [Place; 3] = [Place::Sqlite, Place::Postgres, Place::Pooled];

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
        Place::Pooled => add("3_c", "CREATE INDEX i ON ran (x);"),
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
    let scratch = if place == Place::Sqlite { Scratch::sqlite() } else { Scratch::postgres() };
    let pooler = (place == Place::Pooled).then(|| PgBouncer::start(10));
    let url = pooler.as_ref().map_or(scratch.url.clone(), |pooler| pooler.url(&scratch.url));
    if pending {
        migrations(place, false).manager().apply(&mut scratch.open()).expect("the first two");
    }
    let migrations = migrations(place, true);
    let path = migrations.path().display().to_string();
    // Until then all of them are there.
    let wait = i64::try_from(500 + processes * 25).expect("a time");
    let start = (jiff::Timestamp::now() + jiff::SignedDuration::from_millis(wait)).to_string();
    let mode = if place == Place::Pooled { "transaction" } else { "session" };
    let variables = [(URL, url.as_str()), (MIGRATIONS, &path), (START, &start), (MODE, mode)];
    let name = format!("replicas::{tool}");
    let begun = Instant::now();
    let children: Vec<_> = (0..processes).map(|_| child(&name, &variables)).collect();
    let mut round = Round::default();
    for child in children {
        let output = child.wait_with_output().expect("an end");
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
        let expected = if pending { 5 - BEFORE } else { 5 };
        assert_eq!(round.errors, [] as [String; 0], "{place:?}");
        assert_eq!(round.applied, expected, "{place:?}, {processes} processes");
        assert!(round.took < Duration::from_secs(60), "{:?}", round.took);
        let counted = "SELECT count(*) || ':' || sum(x) FROM ran";
        assert_eq!(scratch.ask(counted), "3:7", "{place:?}, {processes} processes");
        assert_eq!(scratch.applied(), ["0", "1", "2", "3", "4"]);
        let states = "SELECT DISTINCT state FROM __glowplug_history";
        assert_eq!(scratch.ask(states), "applied");
    }
    round
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

fn twice(place: Place) {
    for pending in [false, true] {
        round(place, 16, pending, "replica");
    }
}

/// All numbers of processes, as many rounds as `GLOWPLUG_TEST_ROUNDS` says, where
/// `GLOWPLUG_TEST_PLACE` says:
/// `scripts/with-postgres cargo nextest run --features full --run-ignored only --no-capture every_number`
#[test]
#[ignore = "takes an hour; its figures are reported, not tested"]
fn every_number_of_processes() {
    let rounds = env::number("GLOWPLUG_TEST_ROUNDS").unwrap_or(1);
    let wanted = env::text("GLOWPLUG_TEST_PLACE");
    let places = PLACES.into_iter().filter(|place| {
        wanted.as_ref().is_none_or(|wanted| format!("{place:?}").eq_ignore_ascii_case(wanted))
    });
    for place in places {
        for processes in [2, 8, 32, 64] {
            for pending in [false, true] {
                let mut slowest = Duration::ZERO;
                for _ in 0..rounds {
                    slowest = slowest.max(round(place, processes, pending, "replica").took);
                }
                let (mut failed, others) = (0, rounds.min(5));
                for _ in 0..others {
                    failed += round(place, processes, pending, "diesel_replica").failed;
                }
                println!(
                    "{place:?}, {processes} processes, {}: {rounds} rounds, none failed, slowest \
                     {slowest:.1?}; diesel_migrations: {failed} of {} processes failed",
                    if pending { "3 pending" } else { "new database" },
                    others * processes as u64,
                );
            }
        }
    }
}

/// A process of plain `diesel_migrations`.
pub(super) fn diesel_replica() {
    let (Some(url), Some(path)) = (told(URL), told(MIGRATIONS)) else { return };
    let source = FileBasedMigrations::from_path(path).expect("a directory");
    let backend = glowplug::connection::DatabaseUrl::parse(&url).expect("a URL").backend();
    let applied = if backend == Backend::Sqlite {
        let mut connection = SqliteConnection::establish(&url).expect("a connection");
        super::wait_for_start();
        connection.run_pending_migrations(source).expect("applied").len()
    } else {
        let mut connection = PgConnection::establish(&url).expect("a connection");
        super::wait_for_start();
        connection.run_pending_migrations(source).expect("applied").len()
    };
    tell(applied);
}
