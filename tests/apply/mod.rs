//! Tests: migrations applied to real databases.

mod clean;
mod code;
mod diesel_defects;
mod interop;
mod journal;
mod lock;
mod overtaken;
mod postgres;
mod rebuild;
mod retry;
mod revert;
mod rules;
pub(crate) mod support;
mod unknown;
