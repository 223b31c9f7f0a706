//! Random schema pairs.

mod generate;
mod models;
mod mutate;
mod shape;
mod sql;

use std::path::Path;

use fastrand::Rng;
use glowplug::backend::Backend;
use glowplug::parse::parse_source;

use crate::support::sqlite::Judge;

/// The generator is right: what it writes is accepted by SQLite, with its rows.
#[test]
fn the_generated_schemas_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    for seed in 0..60 {
        let mut rng = Rng::with_seed(seed);
        let from = generate::shape(&mut rng);
        let (to, change) = mutate::mutate(&mut rng, &from);
        for (side, shape) in [("from", &from), ("to", &to)] {
            let judge = Judge::new(folder.path().join(format!("{seed}-{side}.sqlite")));
            let create = sql::create(&mut rng, shape);
            let rows = sql::rows(shape);
            let around = if side == "from" { shape.around.join("\n") } else { String::new() };
            let script = format!("{create}{rows}{around}");
            judge.run(&script).unwrap_or_else(|e| panic!("seed {seed}, {side}: {e}\n{script}"));
            assert_eq!(judge.problems(), Vec::<String>::new(), "seed {seed}");
            judge.fingerprint();
            let rows = crate::support::rows::read(&judge);
            for table in &shape.tables {
                assert_eq!(rows[&table.name].len(), sql::ROWS, "seed {seed}");
            }
        }
        for (shape, change) in [(&from, &mutate::Change::default()), (&to, &change)] {
            let text = models::models(shape, change);
            let parsed = parse_source(Path::new("schema.rs"), &text, Backend::Sqlite);
            let parsed = parsed.unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"));
            assert_eq!(parsed.tables.len(), shape.tables.len(), "seed {seed}");
        }
    }
}
