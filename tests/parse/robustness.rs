//! No input ends in a panic, and a large one is read in no time.

use std::fmt::Write as _;

use glowplug::backend::Backend;
use glowplug::parse::parse_source;

const SEED: &str = r##"
diesel::table! {
    use diesel::sql_types::*;
    #[doc(alias = "x")] audit.session (id, "x") {
        #[sql_name = "Id"] id -> Nullable<Array<Record<(Integer, Text)>>>,
        #[max_length = 5] email -> crate::Text,
    }
}
diesel::joinable!(session -> session (id));
#[cfg(all(feature = "x", not(test)))]
glowplug::ddl! {
    enum a.b ("x", "y");
    view v { sqlite "a", postgres r#"b"# }
    table session {
        id: identity always, default "x", generated "a" stored;
        unique index n (id desc nulls last, "x", email(5) collate "C") where "a" using gin include (id);
        foreign key (id) references "a"."b" ("c") on delete set null deferrable initially deferred;
        options { a "b" };
    }
}
"##;

fn parse(text: &str) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        if let Err(errors) = parse_source("x.rs".as_ref(), text, backend) {
            assert!(!errors.to_string().is_empty());
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let table = "table! { a { id -> Integer } }\n";
    let deep = [
        format!("{table}{}", "(".repeat(100_000)),
        format!("{table}fn f() {{ {}{} }}", "(".repeat(100_000), ")".repeat(100_000)),
        format!(
            "table! {{ a {{ id -> {}Text{} }} }}",
            "Array<".repeat(100_000),
            ">".repeat(100_000)
        ),
        format!("ddl! {{ table a {{ id: default {} }} }}", "{".repeat(1000) + &"}".repeat(1000)),
        format!("#[cfg({}{})] {table}", "not(".repeat(10_000), ")".repeat(10_000)),
        format!("use {}a{};\n{table}", "a::{".repeat(10_000), "}".repeat(10_000)),
    ];
    for text in deep {
        assert!(parse_source("x.rs".as_ref(), &text, Backend::Sqlite).is_err());
    }
    // Valid Rust, however odd, outside of the macros.
    for (open, close) in [("!", ""), ("Box<", ">"), ("&", ""), ("if a {} else ", "{}"), ("|| ", "")]
    {
        let body = open.repeat(15_000) + "a" + &close.repeat(15_000);
        parse(&format!("{table}fn f() {{ {body}; }}\ntype T = {body};"));
    }
}

/// Tokens left out, doubled, swapped or cut through, over and over.
#[test]
fn mutated_models_never_panic() {
    let mut random = fastrand::Rng::with_seed(7);
    let words: Vec<&str> = SEED.split_inclusive(|c: char| !c.is_alphanumeric()).collect();
    for _ in 0..400 {
        let mut text: Vec<&str> = words.clone();
        for _ in 0..random.usize(1..6) {
            let (at, other) = (random.usize(0..text.len()), random.usize(0..words.len()));
            match random.u8(0..4) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, words[other]),
                2 => text[at] = words[other],
                _ => text.insert(
                    at,
                    random.choice(["é", "\0", "\"", "'", "0b2", "}", "r#", "\r"]).unwrap(),
                ),
            }
        }
        parse(&text.concat());
    }
    for at in 0..SEED.len() {
        if SEED.is_char_boundary(at) {
            parse(&SEED[..at]);
            parse(&SEED[at..]);
        }
    }
}

#[test]
fn a_thousand_tables_are_read() {
    let mut text = String::new();
    for table in 0..1000 {
        writeln!(text, "diesel::table! {{ t{table} (id) {{ id -> Integer, email -> Nullable<Text>, at -> Timestamp }} }}").unwrap();
        writeln!(text, "glowplug::ddl! {{ table t{table} {{ id: identity; index (email); unique (at, id); check \"id > 0\"; }} }}").unwrap();
        writeln!(text, "diesel::joinable!(t{table} -> t0 (id));").unwrap();
    }
    let schema = parse_source("x.rs".as_ref(), &text, Backend::Sqlite).unwrap();
    assert_eq!((schema.tables.len(), schema.joinables.len()), (1000, 1000));
    assert!(schema.tables.values().all(|table| table.described && table.uniques.len() == 1));
}
