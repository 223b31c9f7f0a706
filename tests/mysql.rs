//! MySQL and MariaDB: reading, proving and migrating a live server, judged by its own text.

#![cfg(feature = "mysql")]

mod apply;
mod cli;
mod freedom;
