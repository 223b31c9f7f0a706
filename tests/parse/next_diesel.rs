//! The syntax of Diesel 2.4, read before it is released.

use std::path::Path;

use glowplug::model::{Backend, Identity, Schema};
use glowplug::parse::parse_source;

fn read(text: &str, backend: Backend) -> Schema {
    parse_source(Path::new("schema.rs"), text, backend)
        .unwrap_or_else(|errors| panic!("{}", errors.render(false)))
}

fn errors(text: &str) -> String {
    let errors = parse_source(Path::new("schema.rs"), text, Backend::Sqlite);
    errors.expect_err("it is wrong").render(false)
}

const SESSION: &str = "diesel::table! { session (id) { id -> Integer, title -> Text, } }";

#[test]
fn a_view_is_known_by_its_name_until_ddl_says_its_sql() {
    let view = "diesel::view! {
        use diesel::sql_types::*;
        /// Those that run.
        #[sql_name = \"active\"]
        audit.active_session {
            id -> Integer,
            #[sql_name = \"type\"]
            type_ -> Nullable<Text>,
        }
    }";
    let models = read(&format!("{SESSION} {view}"), Backend::Postgres);
    let (name, known) = models.tables.iter().find(|(_, it)| it.is_view).expect("it is known");
    assert_eq!(name.to_string(), "audit.active");
    assert_eq!(known.columns.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["id", "type"]);
    assert!(known.primary_key.is_none() && models.views.is_empty());

    let ddl = "glowplug::ddl! { view active \"SELECT id FROM session\"; }";
    let view = "diesel::view! { active { id -> Integer, } }";
    let models = read(&format!("{SESSION} {view} {ddl}"), Backend::Postgres);
    assert_eq!((models.tables.len(), models.views.len()), (1, 1));
}

#[test]
fn a_view_of_another_crate_is_none_of_diesels() {
    for other in [
        "fn page() { view! { <p>\"hello\"</p> } }",
        "fn page() { leptos::view! { cx, <p>{name}</p> } }",
        "fn page() { view! { div { \"text\" } } }",
        "fn page() { view!(a, b) }",
    ] {
        let models = read(&format!("{SESSION} {other}"), Backend::Sqlite);
        assert_eq!((models.tables.len(), models.views.len()), (1, 0), "{other}");
    }
    let keyed = errors(&format!("{SESSION} view! {{ v {{ id -> Nonsense, }} }}"));
    assert!(keyed.contains("`Nonsense` is none of Diesel's SQL types"), "{keyed}");
}

#[test]
fn auto_increment_is_said_where_the_server_has_the_word() {
    let text = "diesel::table! { session (id) { #[auto_increment] id -> BigInt, title -> Text, } }";
    let identity =
        |backend| read(text, backend).tables.values().next().unwrap().columns[0].identity;
    assert_eq!(identity(Backend::Mysql), Identity::ByDefault);
    assert_eq!(identity(Backend::Postgres), Identity::Unstated);
    assert_eq!(identity(Backend::Sqlite), Identity::Unstated);
    let wrong = errors(&text.replace("auto_increment]", "auto_increment = 1]"));
    assert!(wrong.contains("`#[auto_increment]` says nothing more"), "{wrong}");
}

#[test]
fn a_cfg_on_a_column_switches_it_off() {
    let text = "diesel::table! { session (id) { id -> Integer, #[cfg(any())] gone -> Text, #[cfg(all())] here -> Text, } }";
    let models = read(text, Backend::Sqlite);
    let names: Vec<_> =
        models.tables.values().flat_map(|it| &it.columns).map(|it| &it.name).collect();
    assert_eq!(names, ["id", "here"]);
}

#[test]
fn a_derived_enum_is_an_enum_of_the_database() {
    let text = "
        pub mod sql_types {
            #[derive(diesel::query_builder::QueryId, diesel::sql_types::SqlType)]
            #[diesel(postgres_type(name = \"post_status\"), enum_type)]
            pub struct PostStatus;
        }
        diesel::table! {
            use diesel::sql_types::*;
            use super::sql_types::PostStatus;
            post (id) { id -> Integer, status -> PostStatus, }
        }
        #[derive(Debug, diesel::types::Enum)]
        #[diesel(sql_type = crate::schema::sql_types::PostStatus)]
        #[diesel(rename_all = \"snake_case\")]
        enum Status { Draft, #[diesel(rename = \"so so\")] Fair, InReview = 7 }
        #[derive(diesel::Enum)]
        #[diesel(sql_type = diesel::sql_types::Integer)]
        enum Number { One = 1 }
        #[derive(Debug)]
        #[diesel(sql_type = crate::schema::sql_types::PostStatus)]
        enum Other { A }
        #[derive(other::DbEnum)]
        enum Foreign { A(i32) }";
    let models = read(text, Backend::Postgres);
    let enums: Vec<_> = models.enums.values().collect();
    assert_eq!(enums.len(), 1);
    assert_eq!(enums[0].name.to_string(), "post_status");
    assert_eq!(enums[0].values, ["draft", "so so", "in_review"]);
    let status = &models.tables.values().next().unwrap().columns[1].sql_type;
    assert_eq!(status.native.as_deref(), Some("post_status"));
    // What `ddl!` says is what counts.
    let said = format!("{text} glowplug::ddl! {{ enum post_status (\"a\"); }}");
    assert_eq!(read(&said, Backend::Postgres).enums.values().next().unwrap().values, ["a"]);
}

#[test]
fn each_case_is_diesels() {
    for (word, value) in [
        ("lowercase", "inreview"),
        ("UPPERCASE", "INREVIEW"),
        ("PascalCase", "InReview"),
        ("camelCase", "inReview"),
        ("snake_case", "in_review"),
        ("SCREAMING_SNAKE_CASE", "IN_REVIEW"),
        ("kebab-case", "in-review"),
        ("SCREAMING-KEBAB-CASE", "IN-REVIEW"),
    ] {
        let text = format!(
            "{SESSION} #[derive(diesel::sql_types::SqlType)] #[diesel(postgres_type(name = \"s\"))] struct S;
             #[derive(diesel::Enum)] #[diesel(sql_type = S, rename_all = \"{word}\")] enum E {{ InReview }}"
        );
        let models = read(&text, Backend::Postgres);
        assert_eq!(models.enums.values().next().unwrap().values, [value], "{word}");
    }
}
