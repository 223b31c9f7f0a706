//! The server goes away at every point of a run: its process is ended, it crashes and starts again,
//! the connection is cut. Afterwards all is before or after, and the next start completes it.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, MysqlConnection, PgConnection};
use glowplug::apply::{Event, LockMode};

use super::sweep::Subject;
use crate::apply::support::{Scratch, open};
use crate::support::mysql::PrivateServer as PrivateMariadb;
use crate::support::pgbouncer::PgBouncer;
use crate::support::postgres::{END_OTHERS, PrivateServer};
use crate::support::proxy::Proxy;

/// Runs with a disturbance at a higher and higher point, until there are no more points.
fn sweep(
    scratch: &Scratch,
    url: &str,
    subject: &Subject,
    disturb: impl Fn() + Send + Sync + 'static,
) {
    let disturb = Arc::new(disturb);
    for point in 0..200 {
        let reached = Arc::new(AtomicUsize::new(0));
        let (seen, disturb) = (reached.clone(), disturb.clone());
        let manager = subject.manager().on_event(move |_: &Event<'_>| {
            if seen.fetch_add(1, Ordering::Relaxed) == point {
                disturb();
            }
        });
        let mut connection = open(url);
        let result = manager.apply(&mut connection);
        if reached.load(Ordering::Relaxed) <= point {
            result.expect("nothing was disturbed");
            subject.assert_done(scratch, point);
            assert!(point > 15, "there were only {point} points");
            scratch.empty();
            return;
        }
        match result {
            // Between two transactions nothing is lost with a connection of a pooler, and after the
            // last one nothing at all.
            Ok(_) if subject.mode == LockMode::Transaction => subject.assert_done(scratch, point),
            Ok(report) => panic!("{:?} at point {point}: {report:?}", subject.mode),
            Err(_) if subject.mode == LockMode::Transaction => {}
            Err(error) => assert!(error.is_unclean(), "at point {point}: {error}"),
        }
        drop(connection);
        subject.assert_completes(scratch, point);
        scratch.empty();
    }
    panic!("never came to an end");
}

/// Ends every other connection to the database.
fn terminate(url: &str) {
    PgConnection::establish(url).expect("open").batch_execute(END_OTHERS).expect("terminated");
}

fn kill(url: &str) {
    let kill = "BEGIN NOT ATOMIC FOR c IN (SELECT id FROM information_schema.processlist \
        WHERE db = database() AND id <> connection_id()) DO \
        EXECUTE IMMEDIATE CONCAT('KILL ', c.id); END FOR; END";
    MysqlConnection::establish(url).expect("open").batch_execute(kill).expect("killed");
}

/// The same database through a proxy.
fn through(scratch: &Scratch) -> (Proxy, String) {
    let (before, database) = scratch.url.rsplit_once('/').expect("a path");
    let (user, server) = before.rsplit_once('@').expect("a user");
    let proxy = Proxy::to(server);
    let url = format!("{user}@127.0.0.1:{}/{database}", proxy.port);
    (proxy, url)
}

const ON_POSTGRES: [LockMode; 2] = [LockMode::Session, LockMode::Table];

#[test]
fn a_server_process_that_is_ended_at_every_point() {
    let scratch = Scratch::postgres();
    for mode in ON_POSTGRES {
        let url = scratch.url.clone();
        sweep(&scratch, &scratch.url, &Subject::of_postgres(mode), move || terminate(&url));
    }
    let url = scratch.url.clone();
    sweep(&scratch, &scratch.url, &Subject::of_transactions(), move || terminate(&url));
}

#[test]
fn a_server_process_of_a_pooler_that_is_ended_at_every_point() {
    let (scratch, pooler) = (Scratch::postgres(), PgBouncer::start(2));
    let url = scratch.url.clone();
    let pooled = pooler.url(&scratch.url);
    sweep(&scratch, &pooled, &Subject::of_transactions(), move || terminate(&url));
}

#[test]
fn a_connection_of_mariadb_that_is_killed_at_every_point() {
    let scratch = Scratch::mariadb();
    for mode in [LockMode::Session, LockMode::Table] {
        let url = scratch.url.clone();
        sweep(&scratch, &scratch.url, &Subject::of_mariadb(mode), move || kill(&url));
    }
}

#[test]
fn a_connection_that_is_cut_at_every_point() {
    let scratch = Scratch::postgres();
    for mode in ON_POSTGRES {
        let (proxy, url) = through(&scratch);
        sweep(&scratch, &url, &Subject::of_postgres(mode), move || proxy.cut());
    }
    let (proxy, url) = through(&scratch);
    sweep(&scratch, &url, &Subject::of_transactions(), move || proxy.cut());
}

#[test]
fn a_connection_to_a_pooler_that_is_cut_at_every_point() {
    let (scratch, pooler) = (Scratch::postgres(), PgBouncer::start(2));
    let pooled = pooler.url(&scratch.url);
    let (before, database) = pooled.rsplit_once('/').expect("a path");
    let (user, server) = before.rsplit_once('@').expect("a user");
    let proxy = Proxy::to(server);
    let url = format!("{user}@127.0.0.1:{}/{database}", proxy.port);
    sweep(&scratch, &url, &Subject::of_transactions(), move || proxy.cut());
}

#[test]
fn a_connection_to_mariadb_that_is_cut_at_every_point() {
    let scratch = Scratch::mariadb();
    for mode in [LockMode::Session, LockMode::Table] {
        let (proxy, url) = through(&scratch);
        sweep(&scratch, &url, &Subject::of_mariadb(mode), move || proxy.cut());
    }
}

/// A PostgreSQL server that crashes, and is back.
fn crash(restart: &str, ready: &str) {
    let output = Command::new("sh").args(["-c", restart]).output().expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let start = Instant::now();
    while PgConnection::establish(ready).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not come back");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_server_that_crashes_at_every_point() {
    let server = PrivateServer::start();
    let scratch = Scratch::on(&server.url);
    let (restart, ready) = (server.restart(), scratch.url.clone());
    sweep(&scratch, &scratch.url, &Subject::of_postgres(LockMode::Session), move || {
        crash(&restart, &ready);
    });
}

#[test]
fn a_server_behind_a_pooler_that_crashes_at_every_point() {
    let server = PrivateServer::start();
    let scratch = Scratch::on(&server.url);
    let pooler = PgBouncer::before(&server.url, 2);
    let (restart, ready) = (server.restart(), scratch.url.clone());
    sweep(&scratch, &pooler.url(&scratch.url), &Subject::of_transactions(), move || {
        crash(&restart, &ready);
    });
}

#[test]
fn a_mariadb_server_that_crashes_at_every_point() {
    let server = Arc::new(PrivateMariadb::start());
    let scratch = Scratch::on_mariadb(&server.url);
    for mode in [LockMode::Session, LockMode::Table] {
        let crashing = server.clone();
        sweep(&scratch, &scratch.url, &Subject::of_mariadb_in_short(mode), move || {
            crashing.crash();
        });
    }
}
