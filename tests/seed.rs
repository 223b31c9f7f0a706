//! The system that glowplug replaces: an agent's working memory, migrated with peewee-migrate.
//!
//! Its history is lived through again (`edits/`, one patch of the models a migration), and each of
//! the defects R1 to R24 that were found in it has a test here that shows it absent. A test is
//! named after its defect.

mod apply;
mod create;
mod history;
mod project;
mod readme;
mod status;
