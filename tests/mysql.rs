//! MySQL and MariaDB: reading, proving and migrating a live server, judged by its own text.

#![cfg(feature = "mysql")]

mod apply;
mod catalogs;
mod check;
mod cli;
mod freedom;
mod hostile;
mod property;
mod render;
