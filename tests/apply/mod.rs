//! Tests: migrations applied to real databases.

mod asynchronous;
mod clean;
mod code;
mod diesel_defects;
mod interop;
mod journal;
mod lock;
mod mariadb;
mod modes;
mod overtaken;
mod policy;
mod postgres;
mod rebuild;
mod retry;
mod revert;
mod rules;
mod secrets;
pub(crate) mod support;
mod tampered;
mod unknown;
