//! Domains, composite and range types, and sequences: what the case folders cannot show.

use std::path::Path;

use glowplug::backend::postgres::{canonicalize, introspect::introspect};
use glowplug::backend::{Backend, Scope};
use glowplug::diff::diff;
use glowplug::model::DefinitionBody;

use super::scratch::Scratch;
use crate::support::case::CaseAnswers;
use crate::support::engine;
use crate::support::postgres::{Database, query};

#[test]
fn expressions_of_a_domain_become_those_of_the_server() {
    let (_scratch, mut connection) = Scratch::with(
        "CREATE DOMAIN level AS integer DEFAULT -1 + 2 CHECK (VALUE IN (1, 2, 3)) \
           CONSTRAINT small CHECK (VALUE < 10);
         CREATE DOMAIN word AS text DEFAULT 'a'",
    );
    let live = introspect(&mut connection, &Scope::default()).expect("the database is read");
    let mut models = live.clone();
    let written = [("level", "-1+2", "value in (1,2,3)"), ("word", "'a'", "")];
    for (definition, (name, default, check)) in models.definitions.iter_mut().zip(written) {
        assert_eq!(definition.name.name, name);
        let DefinitionBody::Domain(domain) = &mut definition.body else { panic!("a domain") };
        domain.default = Some(default.to_owned());
        if let [first, _] = domain.checks.as_mut_slice() {
            first.expression = check.to_owned();
        }
    }
    assert_eq!(diff(&live, &models).len(), 2);
    canonicalize(&mut connection, &live, &mut models).expect("the server answers");
    assert_eq!(diff(&live, &models), []);

    let DefinitionBody::Domain(level) = &mut models.definitions[0].body else { panic!("a domain") };
    level.checks[0].expression = "VALUE IN (1, 2)".to_owned();
    canonicalize(&mut connection, &live, &mut models).expect("the server answers");
    assert_eq!(diff(&live, &models).len(), 1, "another meaning stays a difference");
}

const ADDRESS: &str = "
pub mod sql_types {
    #[derive(diesel::sql_types::SqlType)]
    #[diesel(postgres_type(name = \"address\"))]
    pub struct Address;
}
diesel::table! {
    use diesel::sql_types::*;
    use super::sql_types::Address;
    person (id) { id -> Integer, home -> Nullable<Address> }
}
";

/// The values of a composite type keep what the change leaves them.
#[test]
fn values_keep_the_parts_that_stay() {
    let database = Database::create();
    database.must(
        "CREATE TYPE address AS (street text, zip text);
         CREATE TABLE person (id integer PRIMARY KEY, home address);
         INSERT INTO person VALUES (1, ROW('Main', '12345')), (2, NULL)",
    );
    let plan = |attributes: &str| {
        let text = format!("{ADDRESS} glowplug::ddl! {{ composite address {{ {attributes} }} }}");
        let models = engine::models(Path::new("schema.rs"), &text, Backend::Postgres)?;
        let allows = vec!["drop-type".to_owned()];
        engine::plan_live(&database.url, &models, &CaseAnswers { allows, ..Default::default() })
    };
    let street =
        || query(&mut database.connect(), "SELECT (home).street AS line FROM person WHERE id = 1");
    let planned = plan("street \"text\", zip \"text\", city \"text\"").unwrap().unwrap();
    database.must(&planned.up.sql);
    assert_eq!(street(), ["Main"]);
    database.must(&planned.down.sql);
    assert_eq!(street(), ["Main"]);
    let planned = plan("street \"text\"").unwrap().unwrap();
    database.must(&planned.up.sql);
    assert_eq!(street(), ["Main"]);
    assert!(plan("street \"text\"").unwrap().is_none(), "nothing is left to do");
    database.must(&planned.down.sql);
    assert_eq!(street(), ["Main"]);
}

/// A model that says Diesel's type of a domain's base leaves the domain in place.
#[test]
fn a_column_of_a_domain_stays_one() {
    let database = Database::create();
    database.must(
        "CREATE DOMAIN word AS varchar(20); CREATE DOMAIN key AS word;
         CREATE TABLE person (id integer PRIMARY KEY, name key NOT NULL, said word[])",
    );
    let plan = |ty: &str, ddl: &str| {
        let text = format!(
            "pub mod sql_types {{
                #[derive(diesel::sql_types::SqlType)]
                #[diesel(postgres_type(name = \"word\"))]
                pub struct Word;
            }}
            diesel::table! {{
                use diesel::sql_types::*;
                use super::sql_types::Word;
                person (id) {{ id -> Integer, name -> {ty}, said -> Nullable<Array<Nullable<Word>>> }}
            }}
            glowplug::ddl! {{ {ddl} }}"
        );
        let models = engine::models(Path::new("schema.rs"), &text, Backend::Postgres)?;
        engine::plan_live(&database.url, &models, &CaseAnswers::default())
    };
    assert!(plan("Text", "").unwrap().is_none());
    assert!(plan("Text", "table person { id: unassigned; }").unwrap().is_none());
    let planned = plan("Text", "table person { id: unassigned; name: type \"text\"; }");
    let planned = planned.unwrap().expect("the type is stated");
    assert!(planned.up.sql.contains("TYPE TEXT"), "{}", planned.up.sql);
}

/// `print-schema` writes a column of `Record<…>` under the name of its composite type, in capitals.
#[test]
fn a_type_whose_name_needs_quotes_is_known_by_its_attribute() {
    let database = Database::create();
    database.must(
        "CREATE TYPE \"AREA_RECORD\" AS (\"FIELD_0\" integer); CREATE TYPE \"order\" AS ENUM ('a');
         CREATE TABLE place (id integer PRIMARY KEY, area \"AREA_RECORD\",
             areas \"AREA_RECORD\"[], sorts \"order\"[])",
    );
    let text = "pub mod sql_types {
            #[derive(diesel::sql_types::SqlType)]
            #[diesel(postgres_type(name = \"AREA_RECORD\"))]
            pub struct AreaRecord;
            #[derive(diesel::sql_types::SqlType)]
            #[diesel(postgres_type(name = \"order\"))]
            pub struct Order;
        }
        diesel::table! {
            use diesel::sql_types::*;
            use super::sql_types::{AreaRecord, Order};
            place (id) {
                id -> Integer,
                area -> Nullable<AreaRecord>,
                areas -> Nullable<Array<Nullable<AreaRecord>>>,
                sorts -> Nullable<Array<Nullable<Order>>>,
            }
        }";
    let models = engine::models(Path::new("schema.rs"), text, Backend::Postgres).unwrap();
    let planned = engine::plan_live(&database.url, &models, &CaseAnswers::default());
    assert!(planned.unwrap().is_none(), "nothing differs");
}
