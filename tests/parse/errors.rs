//! What is said of models that are wrong.

use glowplug::backend::Backend;
use glowplug::parse::{ParseErrors, parse_source};

fn errors(text: &str) -> ParseErrors {
    match parse_source("src/schema.rs".as_ref(), text, Backend::Sqlite) {
        Ok(schema) => panic!("no error in {text}: {schema:?}"),
        Err(errors) => errors,
    }
}

/// The tables that the faulty lines speak of.
const TABLES: &str = "
diesel::table! { session (id) { id -> Integer, email -> Text, org_id -> Integer } }
diesel::table! { org (id) { id -> Integer, name -> Text } }
";

#[test]
fn a_frame_shows_the_place_and_a_hint() {
    let text = "diesel::table! {\n    session (id) {\n        id -> Integer,\n        email -> Txt,\n    }\n}\n";
    assert_eq!(
        errors(text).to_string(),
        "\
error: `Txt` is none of Diesel's SQL types
 --> src/schema.rs:4:18
  |
4 |         email -> Txt,
  |                  ^^^
  |
  = hint: did you mean `Text`?"
    );
}

#[test]
fn all_errors_are_reported_at_once() {
    let text = format!(
        "{TABLES}
glowplug::ddl! {{
    table session {{
        emial: default \"x\";
        unique (email);
        uniqe (email);
    }}
    table sesion {{ id: identity; }}
    tabel org {{ id: identity; }}
    table org {{ id: identty; }}
}}
diesel::joinable!(session -> orgs (org_id));
diesel::joinable!(session -> org (organisation));
"
    );
    let errors = errors(&text);
    let lines: Vec<_> = errors.iter().map(|e| (e.line, e.column, e.message.as_str())).collect();
    assert_eq!(
        lines,
        [
            (7, 9, "table `session` has no column `emial`"),
            (9, 9, "`uniqe` is no clause of a table"),
            (11, 11, "no `table!` defines `sesion`"),
            (12, 5, "`tabel` is no item of `ddl!`"),
            (13, 21, "`identty` is no attribute of a column"),
            (15, 30, "no `table!` defines `orgs`"),
            (16, 35, "table `session` has no column `organisation`"),
        ]
    );
    let hints: Vec<_> = errors.iter().map(|e| e.hint.as_deref().unwrap_or("-")).collect();
    assert_eq!(
        hints,
        [
            "did you mean `email`?",
            "did you mean `unique`?",
            "did you mean `session`?",
            "did you mean `table`?",
            "did you mean `identity`?",
            "did you mean `org`?",
            "-",
        ]
    );
}

/// The same of a materialised view.
#[test]
fn faulty_indexes_of_views_are_named() {
    let cases = [
        ("check \"id > 0\";", "a materialised view has no such clause"),
        ("index (id);", "no `table!` says what the column `id` is"),
        ("index (\"id\") include (email);", "no `table!` says what the column `email` is"),
        ("index a (\"id\"); index a (\"n\");", "the name `a` is taken"),
        ("indx (\"id\");", "`indx` is no clause of a table"),
        ("index (\"id\")", "`;` was expected"),
    ];
    for (clause, message) in cases {
        let text = format!(
            "{TABLES}glowplug::ddl! {{ materialized_view day \"SELECT 1\" {{ {clause} }} }}"
        );
        let errors = errors(&text);
        assert!(errors.iter().any(|e| e.message.contains(message)), "{clause}: {errors}");
    }
    let text =
        format!("{TABLES}glowplug::ddl! {{ table org {{ index (id) include (\"name\"); }} }}");
    let errors = errors(&text);
    assert!(errors.to_string().contains("write the column as `table!` does"), "{errors}");
}

/// One fault each: the line of `ddl!` in a `table session { … }`, and what is said of it.
#[test]
fn faulty_clauses_are_named() {
    let cases = [
        ("unique email;", "`(` and the columns was expected"),
        ("unique ();", "no column is named"),
        ("unique (email, email);", "column `email` is there twice"),
        ("unique (\"email\");", "`\"email\"` found, the name of a column was expected"),
        ("index a (email); index a (org_id);", "the name `a` is taken"),
        ("unique (email); unique (email);", "the table has this unique constraint already"),
        ("index (email); index (email);", "the table has this index already"),
        ("index ();", "no column is named"),
        ("index (email desc desc);", "`desc` is there twice"),
        ("index (email dsc);", "`dsc` is no word of an index"),
        ("index (email nulls);", "`first` or `last` was expected"),
        ("index (email(0));", "a number of characters was expected"),
        ("index (email) where;", "a SQL condition, as a string in double quotes, was expected"),
        ("index (email) wher \"x\";", "`wher` is no option of an index"),
        ("index (email) include (nmae);", "no column `nmae`"),
        ("check;", "a SQL condition"),
        ("check \"\" \"x\";", "the name is empty"),
        ("check 'x';", "`'x'` is no string"),
        (
            "foreign key (org_id) reference org (id);",
            "`reference` found, `references` was expected",
        ),
        ("foreign key (org_id) references org (id, name);", "has 1 columns and refers to 2"),
        ("foreign key (org_id) references orgs (id);", "no `table!` defines `orgs`"),
        ("foreign key (org_id) references org (idd);", "table `org` has no column `idd`"),
        ("foreign key (org_id) references org (id) on delete;", "`cascade`, `restrict`"),
        ("foreign key (org_id) references org (id) on delte cascade;", "`delete` or `update`"),
        (
            "foreign key (org_id) references org (id) on delete cascade on delete cascade;",
            "the action is there twice",
        ),
        (
            "foreign key (org_id) references org (id) deferrable initially;",
            "`deferred` or `immediate` was expected",
        ),
        (
            "foreign key (org_id) references org (id); foreign key (org_id) references org (id);",
            "the table has this foreign key already",
        ),
        ("primary key (id);", "the name of the constraint was expected"),
        ("primary key k (email);", "`table!` says that the primary key is (id)"),
        ("no primary key; primary key k (id);", "said to have no primary key"),
        ("without;", "`rowid` was expected"),
        ("options { a };", "the value of the option"),
        ("options { a \"1\", A \"2\" };", "option `A` is there twice"),
        ("id: identity, serial;", "column `id` says this twice"),
        ("id: identity; id: identity;", "who assigns the column is said already"),
        ("email: default \"a\"; email: default \"b\";", "the table has this default already"),
        ("email: default;", "a SQL expression, as a string in double quotes, was expected"),
        ("email: default 5;", "`5` is no string"),
        ("email: default \"a\\0b\";", "the text holds a NUL byte"),
        ("email: default \"a\" collate \"b\";", "`collate` found, `,` or `;` was expected"),
        ("email: default { };", "SQL for at least one backend"),
        ("email: default { sqlit \"x\" };", "`sqlit` is no backend"),
        ("email: default { sqlite \"x\", sqlite \"y\" };", "`sqlite` is there twice"),
        ("email: generated \"x\";", "`stored` or `virtual` was expected"),
        ("email: ;", "an attribute of the column was expected"),
        ("#[cfg(test)] email: default \"x\";", "a clause takes no attribute"),
        ("index (email)", "`;` was expected"),
        ("index (email) index (org_id);", "`index` is no option of an index"),
    ];
    for (clause, expected) in cases {
        let text = format!("{TABLES}glowplug::ddl! {{ table session {{ {clause} }} }}");
        let messages: Vec<_> = errors(&text).iter().map(|e| e.message.clone()).collect();
        assert!(
            messages.len() == 1 && messages[0].contains(expected),
            "{clause}: {messages:#?}, expected: {expected}"
        );
    }
}

#[test]
fn faulty_items_and_tables_are_named() {
    let cases = [
        ("glowplug::ddl! { enum mood (); }", "the enum has no value"),
        ("glowplug::ddl! { enum mood (\"a\", \"a\"); }", "value `a` is there twice"),
        ("glowplug::ddl! { enum mood (\"a\"); enum mood (\"b\"); }", "enum `mood` is there twice"),
        ("glowplug::ddl! { view v \"a\"; view v \"b\"; }", "view `v` is there twice"),
        ("glowplug::ddl! { view v; }", "the SELECT of the view"),
        ("glowplug::ddl! { view org \"a\"; table org { strict; } }", "a view has no clauses"),
        ("glowplug::ddl! { table org; }", "`;` found, `{` and the clauses of the table"),
        ("glowplug::ddl! { \"x\" }", "`\"x\"` found, `table`, `enum`"),
        ("table! { }", "the name of a table was expected"),
        ("table! { a (id) }", "`{` and the columns was expected"),
        ("table! { a { b -> Text } }", "names no primary key and has no column `id`"),
        ("table! { a (b) { id -> Text } }", "table `a` has no column `b`"),
        ("table! { a (id, id) { id -> Text } }", "column `id` is in the primary key twice"),
        ("table! { a { id -> Text, id -> Text } }", "column `id` is there twice"),
        (
            "table! { a { id -> Text, #[sql_name = \"id\"] b -> Text } }",
            "column `id` is there twice",
        ),
        ("table! { a { id: Text } }", "`:` found, `->` and a type was expected"),
        ("table! { a { id -> Text b -> Text } }", "`b` found, `,` was expected"),
        ("table! { a { id -> Nullable<Nullable<Text>> } }", "`Nullable` of `Nullable`"),
        ("table! { a { id -> Nullable } }", "`Nullable` has 0 types"),
        ("table! { a { id -> Text<Text> } }", "`Text` has 1 types"),
        ("table! { a { id -> Array<Text } }", "`,` or `>` was expected"),
        ("table! { a { id -> diesel::sql_types::Mood } }", "`Mood` is none of Diesel's SQL types"),
        ("table! { a { id -> Mood } }", "`Mood` is none of Diesel's SQL types"),
        ("table! { use diesel::sql_types::*; a { id -> Mood } }", "`Mood` is none"),
        ("table! { a { #[max_length = \"x\"] id -> Text } }", "`#[max_length = 20]`"),
        ("table! { a { #[sql_name = 5] id -> Text } }", "`5` is no string"),
        ("table! { a { #[sql_name = \"\"] id -> Text } }", "the name is empty"),
        ("joinable!(org -> session);", "`(` and a column was expected"),
        ("joinable!(org session (id));", "`session` found, `->` and a table was expected"),
    ];
    for (line, expected) in cases {
        let text = format!("{TABLES}{line}");
        let messages: Vec<_> = errors(&text).iter().map(|e| e.message.clone()).collect();
        assert!(
            messages.len() == 1 && messages[0].contains(expected),
            "{line}: {messages:#?}, expected: {expected}"
        );
    }
}

#[test]
fn a_type_of_ones_own_is_imported_or_qualified() {
    for column in ["crate::sql_types::Mood", "sql_types::Mood", "super::Mood"] {
        let text = format!("table! {{ a {{ id -> {column} }} }}");
        parse_source("x.rs".as_ref(), &text, Backend::Sqlite).unwrap();
    }
    for import in ["crate::Mood", "crate::{Other, sql_types::*}", "crate::Feeling as Mood"] {
        let text = format!("table! {{ use {import}; a {{ id -> Mood }} }}");
        let schema = parse_source("x.rs".as_ref(), &text, Backend::Sqlite).unwrap();
        assert!(schema.tables[&"a".into()].columns[0].sql_type.diesel.as_ref().unwrap().custom);
    }
}

#[test]
fn a_table_that_is_there_twice_shows_both_places() {
    let text = "table! { a { id -> Text } }\nmod b { table! { a { id -> Text } } }\n";
    assert_eq!(
        errors(text).to_string(),
        "\
error: table `a` is there twice
 --> src/schema.rs:2:18
  |
2 | mod b { table! { a { id -> Text } } }
  |                  ^
  |
 ::: src/schema.rs:1:10
  |
1 | table! { a { id -> Text } }
  |          ^ first here
  |
  = hint: leave one out with `#[cfg(…)]`, or name the files to read with `--models PATH`"
    );
}

#[test]
fn a_name_that_may_be_two_tables_is_an_error() {
    let text = "
mod a { table! { a.event { id -> Integer } } }
mod b { table! { b.event { id -> Integer } } }
ddl! { table event { strict; } table b::event { strict; } }
";
    let errors = errors(text);
    let [error] = errors.0.as_slice() else { panic!("{errors}") };
    assert_eq!(error.message, "`event` may be `schema::a::event` or `schema::b::event`");
    assert_eq!((error.line, error.column), (4, 14));
}

#[test]
fn a_file_that_is_no_rust_is_an_error() {
    let cases = [
        ("table! { a { id -> Integer }", 1, "not closed"),
        ("table! { a { id -> Integer } }\nfn main() { \"abc }\n", 2, "not closed"),
        (
            "table! { a { id -> Integer } }\ndiesel::table { b { id -> Integer } }\n",
            2,
            "no valid Rust",
        ),
        ("table! { a { id -> Integer } }\nlet = 5;\n", 2, "no valid Rust"),
        ("table! { a { id -> Integer } }\nfn f() { let = 5; }\n", 2, "no valid Rust"),
    ];
    for (text, line, expected) in cases {
        let errors = errors(text);
        let [error] = errors.0.as_slice() else { panic!("{errors}") };
        assert!(error.message.contains(expected), "{error}");
        assert_eq!(error.line, line, "{error}");
    }
}

#[test]
fn a_text_without_macros_is_an_empty_schema() {
    let schema = parse_source("x.rs".as_ref(), "fn main() {}", Backend::Sqlite).unwrap();
    assert_eq!(schema, glowplug::model::Schema::default());
}

#[test]
fn colours_are_only_there_when_asked_for() {
    let errors = errors("table! { a { id -> Txt } }");
    assert!(!errors.render(false).contains('\u{1b}'));
    assert!(errors.render(true).contains('\u{1b}'));
    assert_eq!(errors.render(false), errors.to_string());
}
