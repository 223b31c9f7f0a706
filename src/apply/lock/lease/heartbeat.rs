//! Renews a lease while a statement runs, over a connection of its own.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;

use super::Lease;
use crate::apply::ApplyError;
use crate::apply::driver::{Driver, MigrateConnection};
use crate::model::Backend;

/// How often it is renewed while it lasts.
const BEATS: u32 = 5;

/// Makes the connection of a heartbeat.
#[derive(Clone)]
pub(in crate::apply) struct Connect(Arc<dyn Fn() -> Result<Box<dyn Driver>, String> + Send + Sync>);

impl Connect {
    pub(in crate::apply) fn new<C, E>(
        connect: impl Fn() -> Result<C, E> + Send + Sync + 'static,
    ) -> Self
    where
        C: MigrateConnection,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self(Arc::new(move || match connect() {
            Ok(connection) => Ok(Box::new(connection)),
            Err(error) => Err(error.into().to_string()),
        }))
    }
}

impl fmt::Debug for Connect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connect(..)")
    }
}

/// Beats until it is dropped. Its thread is not waited for: a last beat finds no lease any more.
#[derive(Debug)]
pub(in crate::apply) struct Heartbeat {
    _stop: Sender<()>,
}

impl Heartbeat {
    /// Starts, once its connection is there.
    pub(in crate::apply) fn start(lease: Lease, connect: Connect) -> Result<Self, ApplyError> {
        let (stop, stopped) = channel();
        let (ready, started) = channel();
        let failed = |reason: String| ApplyError::Heartbeat { reason };
        let beats = move || match open(&connect) {
            Ok(driver) => {
                let _ = ready.send(Ok(()));
                beat(&lease, &connect, driver, &stopped);
            }
            Err(reason) => drop(ready.send(Err(reason))),
        };
        let thread = thread::Builder::new().name("glowplug-heartbeat".to_owned());
        thread.spawn(beats).map_err(|error| failed(error.to_string()))?;
        match started.recv() {
            Ok(started) => started.map_err(failed).map(|()| Self { _stop: stop }),
            Err(_) => Err(failed("its thread ended".to_owned())),
        }
    }
}

/// A connection that waits only so long for the row: while the run itself has it in a transaction,
/// nobody else can take the lease.
fn open(connect: &Connect) -> Result<Box<dyn Driver>, String> {
    let mut driver = (connect.0)()?;
    let sql = match driver.backend_kind() {
        Backend::Sqlite => return Ok(driver),
        Backend::Postgres => "SET lock_timeout = '1s'",
        Backend::Mysql => "SET SESSION innodb_lock_wait_timeout = 1",
    };
    driver.run_sql(sql).map_err(|error| error.to_string())?;
    Ok(driver)
}

/// Renews the lease again and again. That another run has it is for the run itself to find, which
/// looks before each statement and each commit.
fn beat(lease: &Lease, connect: &Connect, driver: Box<dyn Driver>, stopped: &Receiver<()>) {
    let mut driver = Some(driver);
    while stopped.recv_timeout(lease.length / BEATS) == Err(RecvTimeoutError::Timeout) {
        match driver.as_deref_mut().map(|driver| lease.renew(driver)) {
            Some(Ok(true)) => {}
            Some(Ok(false)) => return,
            Some(Err(error)) => {
                tracing::warn!(%error, "the lease was not renewed");
                driver = None;
            }
            None => match open(connect) {
                Ok(again) => driver = Some(again),
                Err(reason) => tracing::warn!(reason, "the heartbeat has no connection"),
            },
        }
    }
}
