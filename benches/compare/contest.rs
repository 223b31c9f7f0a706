//! Contenders, run in turn; medians and ratios.

use std::time::{Duration, Instant};

/// What takes part: a name, and the work to be timed.
pub(crate) struct Contender<'a> {
    name: &'a str,
    prepare: Box<dyn FnMut() + 'a>,
    work: Box<dyn FnMut() + 'a>,
    times: Vec<Duration>,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'a str, work: impl FnMut() + 'a) -> Self {
        Self { name, prepare: Box::new(|| {}), work: Box::new(work), times: Vec::new() }
    }

    /// What happens before each run and is not timed.
    pub(crate) fn prepared(mut self, prepare: impl FnMut() + 'a) -> Self {
        self.prepare = Box::new(prepare);
        self
    }

    fn run(&mut self) {
        (self.prepare)();
        let start = Instant::now();
        (self.work)();
        self.times.push(start.elapsed());
    }

    /// Eleven runs, more of what takes microseconds, and fewer of what takes seconds.
    fn is_tired(&self) -> bool {
        let total = self.times.iter().sum::<Duration>();
        let enough = self.times.len() >= 11 && total > Duration::from_millis(100);
        enough || self.times.len() >= 1_001 || total > Duration::from_secs(15)
    }

    fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times[times.len() / 2]
    }
}

/// Runs the contenders in turn and prints their medians, each beside the first one's.
pub(crate) fn contest(title: &str, mut contenders: Vec<Contender<'_>>) {
    // The first run of each is for the caches, unless it is the only one that can be afforded.
    for contender in &mut contenders {
        contender.run();
        if contender.times[0] < Duration::from_secs(5) {
            contender.times.clear();
        }
    }
    while contenders.iter().any(|contender| !contender.is_tired()) {
        for contender in contenders.iter_mut().filter(|contender| !contender.is_tired()) {
            contender.run();
        }
    }
    let floor = contenders[0].median();
    println!("\n{title}");
    println!("  {:<46} {:>12} {:>9} {:>5}", "", "median", "ratio", "runs");
    for contender in &contenders {
        let median = contender.median();
        let ratio = median.as_secs_f64() / floor.as_secs_f64();
        let runs = contender.times.len();
        println!("  {:<46} {:>12} {ratio:>9.2} {runs:>5}", contender.name, in_words(median));
    }
}

fn in_words(time: Duration) -> String {
    match time.as_secs_f64() {
        seconds if seconds >= 1.0 => format!("{seconds:.2} s"),
        seconds if seconds >= 0.001 => format!("{:.2} ms", seconds * 1e3),
        seconds => format!("{:.1} µs", seconds * 1e6),
    }
}
