//! The pipeline of `create`, without files: models and a database in, two scripts out.

use std::path::Path;

use glowplug::backend::resolve::{Drops, resolve};
use glowplug::backend::{Backend, Scope, Script};
use glowplug::connection::{AnyConnection, DatabaseUrl, OpenMode};
use glowplug::diff::Operation;
use glowplug::model::Schema;
use glowplug::plan::{Fills, PlanOptions, plan};

use super::case::CaseAnswers;

/// What `create` would write.
#[derive(Clone, Debug)]
pub struct Planned {
    pub up: Script,
    pub down: Script,
    pub operations: Vec<Operation>,
}

/// Models as Rust text.
pub fn models(file: &Path, text: &str, backend: Backend) -> Result<Schema, String> {
    glowplug::parse::parse_source(file, text, backend).map_err(|e| e.to_string())
}

/// A connection to a database that may be made for it.
pub fn open(url: &str) -> AnyConnection {
    let url = DatabaseUrl::parse(url).expect("a URL");
    AnyConnection::open(&url, OpenMode::Create).unwrap_or_else(|e| panic!("{e}"))
}

/// What the database is, by glowplug's introspection.
pub fn introspect(url: &str, models: &Schema) -> Result<Schema, String> {
    let schemas = models.tables.keys().filter_map(|name| name.schema.clone());
    let mut schemas: Vec<String> = schemas.collect();
    schemas.dedup();
    let scope = Scope { schemas };
    let schema = match open(url) {
        AnyConnection::Sqlite(mut c) => {
            glowplug::backend::sqlite::introspect::introspect(&mut c, &scope)
        }
        AnyConnection::Postgres(mut c) => {
            glowplug::backend::postgres::introspect::introspect(&mut c, &scope)
        }
    };
    schema.map_err(|e| e.to_string())
}
