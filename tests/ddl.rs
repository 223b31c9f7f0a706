//! The `ddl!` macro, as rustc sees it.
//!
//! rustc runs on `src/ddl.rs` alone, and on tables that have no more than the modules which
//! `table!` makes: a run takes a fraction of a second. That `table!` itself makes these modules is
//! shown by `tests/grammar`, which is compiled into this very binary.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use tempfile::TempDir;

const SCHEMA: &str = "
#[allow(dead_code, non_camel_case_types, unused_macros)]
mod schema {
    macro_rules! table {
        ($name:ident $($column:ident)*) => {
            pub mod $name {
                pub struct table;
                pub mod columns { $( pub struct $column; )* }
            }
        };
    }
    table! { session id org_id email }
    table! { org id name }
}
#[allow(unused_imports)]
use schema::*;
";

/// A crate `glowplug` of nothing but the macro.
struct Compiler {
    folder: TempDir,
}

static COMPILER: LazyLock<Compiler> = LazyLock::new(|| {
    let compiler = Compiler { folder: tempfile::tempdir().unwrap() };
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folder = compiler.folder.path();
    std::fs::create_dir(folder.join("ddl")).unwrap();
    for file in ["ddl.rs", "ddl/grammar.rs", "ddl/words.rs"] {
        std::fs::copy(source.join(file), folder.join(file)).unwrap();
    }
    std::fs::write(folder.join("glowplug.rs"), "mod ddl; pub use ddl::words;").unwrap();
    let output = compiler.run("glowplug.rs", &["--crate-type=lib", "--crate-name=glowplug"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    compiler
});

impl Compiler {
    fn run(&self, file: &str, arguments: &[&str]) -> Output {
        Command::new("rustc")
            .current_dir(self.folder.path())
            .args(["--edition=2024", "--emit=metadata", "--out-dir=.", file])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn compile(&self, name: &str, text: &str) -> Output {
        let file = format!("{name}.rs");
        std::fs::write(self.folder.path().join(&file), text).unwrap();
        self.run(
            &file,
            &["--crate-type=lib", "--extern=glowplug=libglowplug.rmeta", "--error-format=json"],
        )
    }
}

/// The line, the code and the text of every error.
fn errors(output: &Output) -> BTreeSet<(u64, String, String)> {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let error: serde_json::Value = serde_json::from_str(line).unwrap();
        let spans = error["spans"].as_array().unwrap();
        if error["level"] != "error" || spans.is_empty() {
            continue;
        }
        let mut span = spans.iter().find(|span| span["is_primary"] == true).unwrap();
        // What stands in the macro is shown at its call.
        while span["file_name"].as_str().unwrap().starts_with("ddl") {
            span = &span["expansion"]["span"];
        }
        let [source, ..] = span["text"].as_array().unwrap().as_slice() else { panic!("{error}") };
        let (start, end) = (source["highlight_start"].as_u64(), source["highlight_end"].as_u64());
        let marked: String = source["text"]
            .as_str()
            .unwrap()
            .chars()
            .skip(usize::try_from(start.unwrap()).unwrap() - 1)
            .take(usize::try_from(end.unwrap() - start.unwrap()).unwrap())
            .collect();
        let marked = match marked.as_str() {
            "" => "(end)".to_owned(),
            call if call.starts_with("glowplug") => "glowplug".to_owned(),
            _ => marked,
        };
        let code = error["code"]["code"].as_str().unwrap_or("-").to_owned();
        found.insert((span["line_start"].as_u64().unwrap(), code, marked));
    }
    found
}

/// What the comments `//~ CODE text` announce.
fn announced(text: &str) -> BTreeSet<(u64, String, String)> {
    text.lines()
        .zip(1..)
        .filter_map(|(line, number)| {
            let (code, marked) = line.split_once("//~ ")?.1.split_once(' ')?;
            Some((number, code.to_owned(), marked.to_owned()))
        })
        .collect()
}

/// Every announced error is there, at its very word, and no other.
fn fails_as_announced(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/compile_fail/{name}.rs"));
    let text = std::fs::read_to_string(path).unwrap() + SCHEMA;
    assert_eq!(errors(&COMPILER.compile(name, &text)), announced(&text));
}

#[test]
fn unknown_names_are_errors_at_the_name() {
    fails_as_announced("names");
}

#[test]
fn unknown_words_are_errors_at_the_word() {
    fails_as_announced("words");
}

#[test]
fn wrong_shapes_do_not_compile() {
    fails_as_announced("shapes");
}

#[test]
fn what_is_no_clause_does_not_compile() {
    fails_as_announced("tokens");
}

#[test]
fn every_failing_file_has_its_test() {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compile_fail");
    let tests = include_str!("ddl.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".rs").unwrap();
        assert!(tests.contains(&format!("fails_as_announced({name:?})")), "{name}");
    }
}

#[test]
fn a_typo_is_answered_with_the_name_that_is_near() {
    let text = "glowplug::ddl! { table session { unique (emial); indx (id); } }\n".to_owned();
    let output = COMPILER.compile("near", &(text + SCHEMA));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("a unit struct with a similar name exists"), "{stderr}");
    assert!(stderr.contains("a constant with a similar name exists"), "{stderr}");
    assert!(stderr.contains("similarly named constant `index` defined here"), "{stderr}");
}

#[test]
fn a_wrong_shape_is_answered_with_the_right_one() {
    let text = "glowplug::ddl! { table session { unique email; } }\n".to_owned();
    let output = COMPILER.compile("shape", &(text + SCHEMA));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("expected `unique [name] (column, …) …;`"), "{stderr}");
}

/// Imports count as used, and nothing is warned about.
#[test]
fn nothing_is_warned_about() {
    let text = "
#![deny(warnings)]
#[allow(dead_code)]
mod tables {
    use crate::schema::*;
    glowplug::ddl! {
        /// A doc comment.
        table session {
            /// Another.
            id: identity;
            email: default { sqlite \"'x'\", postgres \"'y'\", mysql \"'z'\" }, comment \"x\";
            foreign key (org_id) references org (id) on delete cascade;
        }
        view v \"SELECT 1\";
        enum mood (\"ok\");
        extension citext;
    }
}
";
    let output = COMPILER.compile("warnings", &(text.to_owned() + SCHEMA));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// At the default recursion limit.
#[test]
fn a_thousand_clauses_and_many_tables_compile() {
    let mut text = String::from("glowplug::ddl! {\n    table session {\n");
    for number in 0..1000 {
        let clause = match number % 5 {
            0 => "email: default \"'x'\", collate \"NOCASE\", comment \"x\";".to_owned(),
            1 => format!("unique u{number} (id, email);"),
            2 => format!("index i{number} (email desc, \"lower(email)\") where \"id > 0\";"),
            3 => format!("check c{number} \"id > {number}\";"),
            _ => "foreign key (org_id) references org (id) on delete cascade;".to_owned(),
        };
        writeln!(text, "        {clause}").unwrap();
    }
    text.push_str("    }\n");
    for number in 0..300 {
        writeln!(text, "    table org {{ id: identity; index org_{number} (name); }}").unwrap();
        writeln!(text, "    view v{number} \"SELECT {number}\";").unwrap();
    }
    text.push_str("}\n");
    let output = COMPILER.compile("many", &(text + SCHEMA));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
