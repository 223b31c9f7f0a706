//! SQLite has no lock over a whole migration: another process may come in at any point where the
//! file is free, and finish.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::support::{Migrations, Scratch};

#[test]
fn another_process_may_finish_at_any_point() {
    let migrations = Migrations::of(&[("0_ran", "CREATE TABLE ran (x INTEGER);")]);
    let up = "INSERT INTO ran VALUES (1); VACUUM; PRAGMA recursive_triggers = ON; \
        INSERT INTO ran VALUES (2); BEGIN; INSERT INTO ran VALUES (3); COMMIT; VACUUM; VACUUM;";
    migrations.add_outside("1_a", up, "SELECT 1;");
    migrations.add_outside("2_b", "PRAGMA recursive_triggers = ON;", "SELECT 1;");
    let mut finished = 0;
    for point in 0.. {
        let scratch = Scratch::sqlite();
        let reached = Arc::new(AtomicUsize::new(0));
        let other_applied = Arc::new(Mutex::new(0));
        let (seen, applied) = (reached.clone(), other_applied.clone());
        let other = migrations.manager().lock_timeout(Duration::from_millis(20));
        let url = scratch.url.clone();
        let manager = migrations.manager().on_event(move |_| {
            if seen.fetch_add(1, Ordering::Relaxed) == point {
                match other.apply(&mut super::support::open(&url)) {
                    Ok(report) => *applied.lock().expect("unpoisoned") = report.applied.len(),
                    Err(error) => assert!(error.is_lock_timeout(), "{error}"),
                }
            }
        });
        let own = manager.apply(&mut scratch.open()).expect("applied, or nothing to do");
        if reached.load(Ordering::Relaxed) <= point {
            break;
        }
        let other = *other_applied.lock().expect("unpoisoned");
        finished += usize::from(other > 0);
        assert_eq!(own.applied.len() + other, 3, "at point {point}");
        assert_eq!(scratch.ask("SELECT count(*), sum(x) FROM ran"), "3|6", "at point {point}");
        let states = scratch.ask("SELECT DISTINCT state FROM __glowplug_history");
        assert_eq!(states, "applied", "at point {point}");
        assert!(
            migrations.manager().status(&mut scratch.open()).expect("a status").is_up_to_date()
        );
    }
    assert!(finished > 10, "another process finished at {finished} points only");
}

/// The first look finds no table; a moment later another process has created and filled it.
#[test]
fn another_process_may_finish_between_two_looks() {
    use diesel::connection::InstrumentationEvent::FinishQuery;
    use diesel::{Connection as _, PgConnection, SqliteConnection};
    use glowplug::model::Backend;

    super::support::each(|scratch| {
        let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x INTEGER);")]);
        let (other, url) = (migrations.manager(), scratch.url.clone());
        let applied = Arc::new(AtomicUsize::new(0));
        let count = applied.clone();
        let finish = move |event: diesel::connection::InstrumentationEvent<'_>| {
            let FinishQuery { error: Some(_), .. } = event else { return };
            let report = other.apply(&mut super::support::open(&url)).expect("applied");
            count.fetch_add(report.applied.len(), Ordering::Relaxed);
        };
        let report = if scratch.backend == Backend::Sqlite {
            let mut connection = SqliteConnection::establish(&scratch.url).expect("open");
            connection.set_instrumentation(finish);
            migrations.manager().apply(&mut connection)
        } else {
            let mut connection = PgConnection::establish(&scratch.url).expect("open");
            connection.set_instrumentation(finish);
            migrations.manager().apply(&mut connection)
        };
        assert!(report.expect("nothing to do").is_empty());
        assert_eq!(applied.load(Ordering::Relaxed), 1);
    });
}
