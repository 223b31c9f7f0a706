//! A password that is in a URL is nowhere else.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{Event, LockMode};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

use super::support::{Migrations, Scratch};

const CANARY: &str = "canary-of-the-tests-4f1c";

/// Everything that is logged, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(self.0.lock().expect("unpoisoned"), "{field}={value:?}");
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn a_password_is_in_no_log_error_report_or_table() {
    let log = Log::default();
    let scratch = Scratch::postgres();
    let said = tracing::subscriber::with_default(log.clone(), || use_it(&scratch));
    let logged = log.0.lock().expect("unpoisoned").clone();
    let noted = scratch.ask("SELECT __glowplug_history::text FROM __glowplug_history");
    assert!(logged.contains("migration started") && noted.contains("nonsense"), "{logged}{noted}");
    for text in [&said, &logged, &noted] {
        assert!(!text.contains(CANARY), "{text}");
    }
}

/// Everything that can be shown of runs with a password in the URL: as text, for debugging, as JSON.
fn use_it(scratch: &Scratch) -> String {
    let (scheme, rest) = scratch.url.split_once("://").expect("a URL");
    let (user, host) = rest.split_once('@').expect("a user");
    let user = user.split(':').next().expect("a name");
    let text = format!("{scheme}://{user}:{CANARY}@{host}");
    let url = DatabaseUrl::parse(&text).expect("a URL");
    let open = || AnyConnection::open(&url, OpenMode::Existing).expect("a connection");
    let mut said = format!("{url} {url:?}");
    let migrations = Migrations::of(&[("1_a", "CREATE TABLE a (x int);")]);
    migrations.add_outside("2_b", "CREATE TABLE b (x int); nonsense;", "SELECT 1;");
    let events = Arc::new(Mutex::new(String::new()));
    for mode in [LockMode::Session, LockMode::Transaction, LockMode::Table] {
        let told = events.clone();
        let manager = migrations.manager().lock_mode(mode).on_event(move |event: &Event<'_>| {
            let _ = write!(told.lock().expect("unpoisoned"), "{event:?}");
        });
        let mut connection = open();
        let error = manager.apply(&mut connection).expect_err("nonsense");
        let _ = write!(said, "{error} {error:?} {manager:?} {connection:?}");
        if let Some(failure) = error.failure() {
            said.push_str(&serde_json::to_string(failure).expect("JSON"));
        }
        let status = manager.status(&mut connection).expect("a status");
        said.push_str(&serde_json::to_string(&status).expect("JSON"));
        // Ended by the server: libpq tells in its own words.
        let other = migrations.manager().lock_mode(mode);
        let ended = connection.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())");
        let _ = write!(said, "{ended:?}");
        let lost = other.apply(&mut connection).expect_err("lost");
        let _ = write!(said, "{lost} {lost:?}");
    }
    // A panic of a callback, with the connection open.
    let panics = migrations.manager().on_event(|_| panic!("a callback"));
    let run = std::panic::AssertUnwindSafe(|| panics.apply(&mut open()));
    let payload = std::panic::catch_unwind(run).expect_err("a panic");
    let _ = write!(said, "{:?}", payload.downcast_ref::<&str>());
    // Nobody listens there.
    let nowhere = text.replace(host, "127.0.0.1:1/x");
    let error =
        AnyConnection::open(&DatabaseUrl::parse(&nowhere).expect("a URL"), OpenMode::Existing);
    let error = error.expect_err("nobody listens");
    let _ = write!(said, "{error} {error:?}");
    said + &events.lock().expect("unpoisoned")
}
