//! Random schema pairs on real SQLite files: up, down, up again, judged without glowplug.
//!
//! `GLOWPLUG_SEED` tries one seed, `GLOWPLUG_PAIRS` says how many are tried (1,000).

mod generate;
mod life;
mod models;
mod mutate;
mod shape;
mod sql;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::support::env;

/// Seeds beyond the usual ones that found a defect once.
const REGRESSIONS: &[u64] = &[1705, 1774, 2476];

/// However slow the machine, the test ends; it says how far it came.
const TIME: Duration = Duration::from_secs(180);

#[test]
fn random_schemas_go_up_and_down_with_their_rows() {
    let seeds: Vec<u64> = match env::number("GLOWPLUG_SEED") {
        Some(seed) => vec![seed],
        None => {
            let pairs = env::number("GLOWPLUG_PAIRS").unwrap_or(1000);
            REGRESSIONS.iter().copied().chain(0..pairs).collect()
        }
    };
    let tally = try_all(&seeds);
    let refused = tally.refused.len();
    println!("{} pairs, {refused} refused, {} without a change", tally.tried, tally.same);
    assert!(
        tally.failures.is_empty(),
        "{} of {} pairs failed:\n{}",
        tally.failures.len(),
        tally.tried,
        tally.failures.join("\n\n")
    );
    // What stands around a table may rightly forbid a change, but not often.
    assert!(refused * 5 <= tally.tried.max(5), "refused:\n{}", tally.refused.join("\n"));
}

#[derive(Default)]
struct Tally {
    tried: usize,
    refused: Vec<String>,
    same: usize,
    failures: Vec<String>,
}

/// Every seed, on all cores, until the time is over.
fn try_all(seeds: &[u64]) -> Tally {
    let tally = Mutex::new(Tally::default());
    let next = AtomicU64::new(0);
    let begin = Instant::now();
    let unbounded = env::number("GLOWPLUG_PAIRS").is_some();
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let folder = scratch();
                while unbounded || begin.elapsed() < TIME {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(seed) = usize::try_from(at).ok().and_then(|at| seeds.get(at)) else {
                        return;
                    };
                    let found = life::live(*seed, folder.path());
                    let mut tally = tally.lock().expect("no thread panics with it");
                    tally.tried += 1;
                    match found {
                        life::Outcome::Fine => {}
                        life::Outcome::Same => tally.same += 1,
                        life::Outcome::Refused(why) => {
                            tally.refused.push(format!("seed {seed}: {why}"));
                        }
                        life::Outcome::Failed(problem) => {
                            tally.failures.push(format!("seed {seed}: {problem}"));
                        }
                    }
                }
            });
        }
    });
    tally.into_inner().expect("no thread panics with it")
}

/// A folder in memory where there is one: the test is about SQL, not about disks.
fn scratch() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("glowplug-property-")
        .tempdir_in("/dev/shm")
        .or_else(|_| tempfile::tempdir())
        .expect("a scratch folder")
}
