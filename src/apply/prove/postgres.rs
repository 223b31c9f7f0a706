//! The proof on PostgreSQL.

use diesel::PgConnection;

use super::{Proof, ProveError, Request};
use crate::backend::Scope;
use crate::model::Schema;

pub(super) fn prove(
    _connection: &mut PgConnection,
    _request: &Request<'_>,
) -> Result<Proof, ProveError> {
    Err(ProveError::Unavailable { what: "not yet".to_owned() })
}

pub(super) fn preview(
    _connection: &mut PgConnection,
    _statements: &[String],
    _scope: &Scope,
) -> Result<Schema, ProveError> {
    Err(ProveError::Unavailable { what: "not yet".to_owned() })
}
