//! Which files are read.

use std::fs;
use std::path::Path;

use glowplug::backend::Backend;
use glowplug::parse::{Models, ParseErrors, ParseOptions, read_models};
use tempfile::TempDir;

fn package(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &TempDir) -> Result<Models, ParseErrors> {
    read_models(&ParseOptions::new(folder.path(), Backend::Sqlite))
}

fn read_paths(folder: &TempDir, paths: &[&str]) -> Result<Models, ParseErrors> {
    let mut options = ParseOptions::new(folder.path(), Backend::Sqlite);
    options.paths = paths.iter().map(Into::into).collect();
    read_models(&options)
}

fn tables(models: &Models) -> String {
    models.schema.tables.keys().map(|name| format!("{name} ")).collect::<String>().trim().to_owned()
}

fn files(models: &Models) -> Vec<&str> {
    models.files.iter().map(|file| file.to_str().unwrap()).collect()
}

fn table(name: &str) -> String {
    format!("diesel::table! {{ {name} (id) {{ id -> Integer }} }}\n")
}

#[test]
fn every_file_with_a_macro_is_read() {
    let folder = package(&[
        ("schema.rs", &table("a")),
        ("src/lib.rs", "mod models; // no macro!"),
        ("src/models/b.rs", &table("b")),
        ("src/models/ddl.rs", "glowplug::ddl! { table b { strict; } }"),
        ("src/joins.rs", "diesel::joinable!(a -> b (id));"),
        ("src/broken.rs", "this is no Rust, and holds no macro of ours: println!(\""),
        ("src/notes.txt", &table("notes")),
        ("tests/schema.rs", &table("t")),
        ("examples/schema.rs", &table("e")),
    ]);
    let models = read(&folder).unwrap();
    assert_eq!(tables(&models), "a b");
    assert_eq!(
        files(&models),
        ["schema.rs", "src/joins.rs", "src/models/b.rs", "src/models/ddl.rs"]
    );
    let origin = models.schema.tables[&"b".into()].origin.clone().unwrap();
    assert_eq!(
        (origin.file.as_path(), origin.line, origin.column),
        (Path::new("src/models/b.rs"), 1, 18)
    );
}

#[test]
fn what_git_ignores_is_not_read() {
    let folder = package(&[
        (".gitignore", "/src/generated\nscratch.rs\n"),
        ("schema.rs", &table("a")),
        ("src/generated/b.rs", &table("b")),
        ("src/scratch.rs", &table("c")),
        ("src/.hidden/d.rs", &table("d")),
        ("src/e.rs", &table("e")),
    ]);
    assert_eq!(tables(&read(&folder).unwrap()), "a e");
}

#[test]
fn paths_narrow_the_search() {
    let folder = package(&[
        ("schema.rs", &table("a")),
        ("src/b.rs", &table("b")),
        ("models/c.rs", &table("c")),
        ("models/deep/d.rs", &table("d")),
    ]);
    assert_eq!(tables(&read_paths(&folder, &["models"]).unwrap()), "c d");
    assert_eq!(tables(&read_paths(&folder, &["src/b.rs", "models/c.rs"]).unwrap()), "b c");
    assert_eq!(tables(&read_paths(&folder, &["models", "models/c.rs"]).unwrap()), "c d");
}

#[test]
fn a_path_that_is_missing_is_an_error() {
    let folder = package(&[("schema.rs", &table("a"))]);
    let errors = read_paths(&folder, &["schema.rs", "modles.rs"]).unwrap_err();
    let [error] = errors.0.as_slice() else { panic!("{errors}") };
    assert!(error.message.starts_with("`modles.rs` cannot be read: "), "{error}");
}

#[test]
fn an_empty_set_of_models_is_an_error() {
    let folder = package(&[("src/main.rs", "fn main() { println!(\"table!\"); }")]);
    let errors = read(&folder).unwrap_err();
    let [error] = errors.0.as_slice() else { panic!("{errors}") };
    assert!(error.message.starts_with("no `diesel::table!` was found"), "{error}");
    assert_eq!(
        error.hint.as_deref(),
        Some("`--models PATH` names the file or folder that holds the models")
    );
    let errors = read_paths(&folder, &["src/main.rs"]).unwrap_err();
    assert_eq!(errors.0[0].message, "no `diesel::table!` was found in `src/main.rs`");

    let folder = tempfile::tempdir().unwrap();
    assert_eq!(read(&folder).unwrap_err().0.len(), 1);
    let mut options = ParseOptions::new(folder.path().join("absent"), Backend::Sqlite);
    assert_eq!(read_models(&options).unwrap_err().0.len(), 1);
    options.paths = vec!["src".into()];
    assert!(read_models(&options).is_err());
}

#[test]
fn models_that_are_all_switched_off_are_an_error() {
    let text = format!("#[cfg(feature = \"db\")]\n{}", table("a"));
    let folder = package(&[("schema.rs", &text)]);
    assert!(read(&folder).is_err());
    let mut options = ParseOptions::new(folder.path(), Backend::Sqlite);
    options.features = vec!["db".to_owned()];
    assert_eq!(tables(&read_models(&options).unwrap()), "a");
}

#[test]
fn errors_of_all_files_are_reported() {
    let folder = package(&[
        ("schema.rs", "table! { a (id) { id -> Intger } }"),
        ("src/b.rs", "ddl! { table a { uniqe (id); } }"),
        ("src/c.rs", "table! { c (id) {"),
    ]);
    fs::write(folder.path().join("src/d.rs"), b"// \xc3\xa4\ntable! { d\xff }").unwrap();
    let errors = read(&folder).unwrap_err();
    let places: Vec<_> =
        errors.iter().map(|e| (e.file.to_str().unwrap(), e.line, e.column)).collect();
    assert_eq!(
        places,
        [("schema.rs", 1, 25), ("src/b.rs", 1, 18), ("src/c.rs", 1, 17), ("src/d.rs", 2, 11)]
    );
    assert_eq!(errors.0[3].message, "the file is no valid UTF-8");
}

#[test]
fn gated_files_are_not_read() {
    let folder = package(&[
        ("schema.rs", &table("a")),
        ("src/lib.rs", "#[cfg(test)]\nmod fixtures;\npub mod models;\n#[cfg(any())] mod off;"),
        ("src/fixtures.rs", &table("b")),
        ("src/off/mod.rs", &table("c")),
        ("src/off/deep.rs", &table("c")),
        ("src/models.rs", "#[cfg(test)] mod samples;"),
        ("src/models/samples.rs", &table("d")),
        ("src/models/kept.rs", &table("e")),
        ("src/inner.rs", &format!("#![cfg(test)]\n{}", table("f"))),
    ]);
    assert_eq!(tables(&read(&folder).unwrap()), "a e");
}

#[test]
fn an_unknown_cfg_is_a_warning() {
    let text = format!("#[cfg(loom)]\n{}{}", table("a"), table("b"));
    let folder = package(&[("schema.rs", &text)]);
    let models = read(&folder).unwrap();
    assert_eq!(tables(&models), "b");
    let [warning] = models.warnings.as_slice() else { panic!("{:?}", models.warnings) };
    assert!(warning.to_string().starts_with("warning: `cfg(loom)` is not known"), "{warning}");
}

#[test]
fn doc_comments_are_comments_only_on_demand() {
    let text = "
diesel::table! {
    /// Who is there.
    ///
    /// And since when.
    a (id) {
        /// The `id` column of the `a` table.
        ///
        /// (Automatically generated by Diesel.)
        id -> Integer,
        /// As typed.
        email -> Text,
    }
}
";
    let folder = package(&[("schema.rs", text)]);
    assert_eq!(read(&folder).unwrap().schema.tables[&"a".into()].comment, None);
    let mut options = ParseOptions::new(folder.path(), Backend::Postgres);
    options.comments = true;
    let schema = read_models(&options).unwrap().schema;
    let table = &schema.tables[&"a".into()];
    assert_eq!(table.comment.as_deref(), Some("Who is there.\n\nAnd since when."));
    assert_eq!(table.columns[0].comment, None);
    assert_eq!(table.columns[1].comment.as_deref(), Some("As typed."));
}

#[test]
fn byte_order_marks_line_ends_and_shebangs_are_read() {
    let text = format!("\u{feff}#!/usr/bin/env run\r\n// ä\r\n{}", table("a").trim());
    let folder = package(&[("schema.rs", &text)]);
    let models = read(&folder).unwrap();
    let origin = models.schema.tables[&"a".into()].origin.clone().unwrap();
    assert_eq!((origin.line, origin.column), (3, 18));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_package_are_refused() {
    use std::os::unix::fs::symlink;

    let outside = package(&[("x.rs", &table("x")), ("folder/y.rs", &table("y"))]);
    let folder = package(&[("schema.rs", &table("a")), ("shared/b.rs", &table("b"))]);
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("src")).unwrap();
    symlink(path("schema.rs"), path("src/schema.rs")).unwrap();
    symlink(path("shared"), path("src/shared")).unwrap();
    symlink(path("src"), path("src/loop")).unwrap();
    let models = read(&folder).unwrap();
    assert_eq!(tables(&models), "a b", "a link inside the package is read, and only once");

    symlink(outside.path().join("x.rs"), path("src/x.rs")).unwrap();
    symlink(outside.path().join("folder"), path("src/y")).unwrap();
    let errors = read(&folder).unwrap_err();
    let messages: Vec<_> = errors.iter().map(|e| e.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "`src/x.rs` is a symbolic link out of the package",
            "`src/y` is a symbolic link out of the package"
        ]
    );
    assert_eq!(errors.0[0].hint.as_deref(), Some("`--models src/x.rs` reads it"));
}

/// What stands around the macros does not hide them.
#[test]
fn macros_are_found_at_any_depth() {
    let text = "
fn f<'a>(x: &'a u8) -> impl Copy + use<'a> { if 1 != 2 { *x } else { 3 } }
fn g() { diesel::table! { a (id) { id -> Integer } } }
#[cfg(test)] fn h<A, B>() { diesel::table! { b (id) { id -> Integer } } }
#[cfg(test)] use std::fmt;
macro_rules! tables { ($name:ident) => { diesel::table! { $name (id) { id -> Integer } } } }
const _: () = { ::diesel::table! [ c (id) { id -> Integer } ]; };
struct S { x: [u8; 3] }
impl S { fn k() { mod deep { table!( d (id) { id -> Integer } ); } } }
// diesel::table! { e (id) { id -> Integer } }
const TEXT: &str = \"diesel::table! { f (id) { id -> Integer } }\";
prettytable::table!([1, 2]);
my_table! { g (id) { id -> Integer } }
";
    let folder = package(&[("schema.rs", text)]);
    assert_eq!(tables(&read(&folder).unwrap()), "a c d");
}
