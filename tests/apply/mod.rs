//! Tests: migrations applied to real databases.

mod clean;
mod diesel_defects;
mod interop;
mod journal;
mod lock;
mod postgres;
mod rebuild;
mod revert;
mod rules;
pub(crate) mod support;
mod unknown;
