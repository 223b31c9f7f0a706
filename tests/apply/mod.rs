//! Tests: migrations applied to real databases.

mod asynchronous;
mod clean;
mod code;
mod diesel_defects;
mod interop;
mod invalid;
mod journal;
mod left_behind;
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
mod steps;
pub(crate) mod support;
mod tampered;
mod unknown;
