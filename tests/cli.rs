//! The binary: what it prints where, and how it ends.

mod help;
mod init;
mod project;
mod settings;
