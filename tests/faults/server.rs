//! The server goes away at every point of a run: its process is ended, it crashes and starts again,
//! the connection is cut. Afterwards all is before or after, and the next start completes it.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use glowplug::apply::Event;

use crate::apply::support::{Migrations, Scratch, assert_usable, open};
use crate::support::postgres::PrivateServer;
use crate::support::proxy::Proxy;

fn migrations() -> Migrations {
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE t (id int PRIMARY KEY, x text); INSERT INTO t VALUES (1, 'a'); CREATE INDEX old ON t (x);",
    )]);
    let up = "UPDATE t SET x = x || 'b'; DROP INDEX CONCURRENTLY old; VACUUM t; \
        CREATE UNIQUE INDEX CONCURRENTLY i ON t (x); \
        BEGIN; UPDATE t SET x = x || 'c'; COMMIT; UPDATE t SET x = x || 'd';";
    migrations.add_outside("2_b", up, "SELECT 1;");
    migrations
}

const EFFECT: &str = "SELECT x || ':' || (SELECT count(*) FROM pg_index WHERE indisvalid \
    AND indrelid = 't'::regclass) FROM t";

/// Runs with a disturbance at a higher and higher point, until there are no more points.
fn sweep(scratch: &Scratch, url: &str, disturb: impl Fn() + Send + Sync + 'static) -> usize {
    let (migrations, disturb) = (migrations(), Arc::new(disturb));
    for point in 0..200 {
        let reached = Arc::new(AtomicUsize::new(0));
        let (seen, disturb) = (reached.clone(), disturb.clone());
        let manager = migrations.manager().on_event(move |event: &Event<'_>| {
            let _ = event;
            if seen.fetch_add(1, Ordering::Relaxed) == point {
                disturb();
            }
        });
        let mut connection = open(url);
        let result = manager.apply(&mut connection);
        if reached.load(Ordering::Relaxed) <= point {
            result.expect("nothing was disturbed");
            assert_eq!(scratch.ask(EFFECT), "abcd:2");
            return point;
        }
        let error = result.expect_err("disturbed");
        assert!(error.is_unclean(), "at point {point}: {error}");
        drop(connection);
        let mut connection = scratch.open();
        let status = migrations.manager().status(&mut connection).expect("a status");
        assert!(status.pending_count() > 0 || status.is_up_to_date(), "at point {point}");
        let again = migrations.manager().lock_timeout(Duration::from_secs(30));
        again.apply(&mut connection).unwrap_or_else(|error| panic!("at point {point}: {error}"));
        assert_eq!(scratch.ask(EFFECT), "abcd:2", "at point {point}");
        assert_eq!(scratch.applied(), ["1", "2"]);
        assert_usable(scratch, &mut connection);
        drop(connection);
        scratch.empty();
    }
    panic!("never came to an end");
}

#[test]
fn a_server_process_that_is_ended_at_every_point() {
    let scratch = Scratch::postgres();
    let url = scratch.url.clone();
    let points = sweep(&scratch, &scratch.url, move || {
        let others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        PgConnection::establish(&url).expect("open").batch_execute(others).expect("terminated");
    });
    assert!(points > 30, "there were only {points} points");
}

#[test]
fn a_connection_that_is_cut_at_every_point() {
    let scratch = Scratch::postgres();
    let (before, database) = scratch.url.rsplit_once('/').expect("a path");
    let (user, server) = before.rsplit_once('@').expect("a user");
    let proxy = Proxy::to(server);
    let url = format!("{user}@127.0.0.1:{}/{database}", proxy.port);
    let points = sweep(&scratch, &url, move || proxy.cut());
    assert!(points > 30, "there were only {points} points");
}

#[test]
fn a_server_that_crashes_at_every_point() {
    let server = PrivateServer::start();
    let scratch = Scratch::on(&server.url);
    let restart = server.restart();
    let (ready, url) = (scratch.url.clone(), scratch.url.clone());
    let points = sweep(&scratch, &url, move || {
        let mut command = Command::new("sh");
        let output = command.args(["-c", &restart]).output().expect("a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let start = Instant::now();
        while PgConnection::establish(&ready).is_err() {
            assert!(start.elapsed() < Duration::from_secs(30), "it does not come back");
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    assert!(points > 30, "there were only {points} points");
}
