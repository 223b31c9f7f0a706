//! The inputs that fuzzing kept, through the same properties (`fuzz/README.md`).

#[allow(unreachable_pub, reason = "it is public where it is fuzzed")]
#[path = "../fuzz/src/properties.rs"]
mod properties;

use std::path::Path;

/// Every input of a corpus; a property that does not hold panics, and the name of the file is told.
fn replay(target: &str, property: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut inputs = 0;
    for entry in std::fs::read_dir(corpus).expect("a corpus") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("an input");
        let result = std::panic::catch_unwind(|| property(&bytes));
        assert!(result.is_ok(), "{}", path.display());
        inputs += 1;
    }
    assert!(inputs >= 20, "only {inputs} inputs for {target}");
}

#[test]
fn the_corpus_of_the_parser() {
    replay("parser", properties::parser);
}

#[test]
fn the_corpus_of_the_splitter() {
    replay("splitter", properties::splitter);
}

#[test]
fn the_corpus_of_the_quoting() {
    replay("quoting", properties::quoting);
}
