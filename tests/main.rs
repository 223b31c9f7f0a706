//! Every test, in one binary: it links once.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod apply;
mod architecture;
mod cases;
mod cli;
mod connection;
mod ddl;
mod diesel_cli;
mod faults;
mod files;
mod freedom;
mod fuzz;
mod hazards;
mod mysql;
mod ownership;
mod parse;
mod postgres;
mod property;
mod pull;
mod replicas;
mod seed;
mod sqlite;
mod support;
