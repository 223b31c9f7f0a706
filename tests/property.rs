//! Random schema pairs on real SQLite files: up, down, up again, judged without glowplug.
//!
//! `GLOWPLUG_PAIRS` says how many are tried (2,000, in four tests side by side), `GLOWPLUG_SEED` which
//! is the first. Failures are told at the end of each test, every one with its seed.
//!
//! ```console
//! $ GLOWPLUG_PAIRS=100000 NEXTEST_PROFILE=soak make test args=random_schemas
//! $ GLOWPLUG_SEED=1705 GLOWPLUG_PAIRS=1 make test args=random_schemas
//! ```

mod depth;
mod generate;
mod life;
mod models;
mod mutate;
mod shape;
mod sql;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use self::life::Seed;
use crate::support::env;

/// Seeds that found a defect when a pair was plain.
const REGRESSIONS: &[u64] = &[1705, 1774, 2476];

/// Those that did with all that SQLite has: comments that went astray.
const DEEP_REGRESSIONS: &[u64] = &[8, 120, 152, 524, 1258, 1498, 1967];

/// However slow the machine, the test ends; it says how far it came.
const TIME: Duration = Duration::from_secs(180);

#[test]
fn random_schemas_go_up_and_down_with_their_rows_1() {
    println!("{}", quarter(0));
}

#[test]
fn random_schemas_go_up_and_down_with_their_rows_2() {
    println!("{}", quarter(1));
}

#[test]
fn random_schemas_go_up_and_down_with_their_rows_3() {
    println!("{}", quarter(2));
}

#[test]
fn random_schemas_go_up_and_down_with_their_rows_4() {
    println!("{}", quarter(3));
}

#[test]
fn pairs_that_found_a_defect_go_up_and_down() {
    let seeds = |numbers: &[u64], plain| -> Vec<_> {
        numbers.iter().map(|number| Seed { number: *number, plain }).collect()
    };
    println!("{}", live_through(&seeds(REGRESSIONS, true)));
    println!("{}", live_through(&seeds(DEEP_REGRESSIONS, false)));
}

/// Every fourth seed, from one of the first four on.
fn quarter(at: u64) -> String {
    let first = env::number("GLOWPLUG_SEED").unwrap_or(0);
    let pairs = env::number("GLOWPLUG_PAIRS").unwrap_or(2000);
    let numbers = (first..first + pairs).skip(usize::try_from(at).expect("small")).step_by(4);
    let seeds: Vec<_> = numbers.map(|number| Seed { number, plain: false }).collect();
    live_through(&seeds)
}

/// Says how it went; fails with every pair that failed.
fn live_through(seeds: &[Seed]) -> String {
    let tally = try_all(seeds);
    let refused = tally.refused.len();
    assert!(
        tally.failures.is_empty(),
        "{} of {} pairs failed:\n{}",
        tally.failures.len(),
        tally.tried,
        tally.failures.join("\n\n")
    );
    // What stands around a table may rightly forbid a change, but not often.
    assert!(refused * 5 <= tally.tried.max(5), "refused:\n{}", tally.refused.join("\n"));
    format!("{} pairs, {refused} refused, {} without a change", tally.tried, tally.same)
}

#[derive(Default)]
struct Tally {
    tried: usize,
    refused: Vec<String>,
    same: usize,
    failures: Vec<String>,
}

/// Every seed, on all cores, until the time is over.
fn try_all(seeds: &[Seed]) -> Tally {
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
                            tally.refused.push(format!("seed {}: {why}", seed.number));
                        }
                        life::Outcome::Failed(problem) => {
                            tally.failures.push(format!("seed {}: {problem}", seed.number));
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
