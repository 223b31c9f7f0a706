//! Tests: migrations applied to real databases.

mod asynchronous;
mod clean;
mod code;
mod diesel_defects;
mod interop;
mod journal;
mod lock;
mod modes;
mod overtaken;
mod postgres;
mod rebuild;
mod retry;
mod revert;
mod rules;
mod secrets;
pub(crate) mod support;
mod unknown;
