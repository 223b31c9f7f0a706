//! glowplug beside what a user would run instead, measured in pairs on this machine: `make bench`.
//!
//! Absolute times mean little on a busy machine, so each round runs every contender once, in turn,
//! and what is printed beside the medians is their ratio. A contender that gets slow is run less
//! often: the whole takes a few minutes.
#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod compile;
mod contest;
mod programs;
mod start_up;
mod synthetic;

use programs::Server;

fn main() {
    // `cargo test --benches` and `cargo bench -- --list` look in; there is nothing to test here.
    if std::env::args().any(|argument| argument == "--test" || argument == "--list") {
        return;
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let runs = |name: &str| wanted.is_empty() || wanted.iter().any(|it| name.contains(it.as_str()));

    if runs("diff-mariadb") {
        for tables in [10, 100, 1_000] {
            programs::diff(Server::Mysql, tables);
        }
    }
    if runs("diff") {
        for tables in [10, 100, 1_000, 10_000] {
            programs::diff(Server::Sqlite, tables);
            programs::diff(Server::Postgres, tables);
        }
    }
    if runs("create") {
        for tables in [10, 100, 1_000] {
            programs::create(Server::Sqlite, tables);
            programs::create(Server::Postgres, tables);
            programs::create(Server::Mysql, tables);
        }
    }
    if runs("apply") {
        for migrations in [1, 100, 1_000] {
            programs::apply(Server::Sqlite, migrations);
            programs::apply(Server::Postgres, migrations);
        }
    }
    if runs("start-up") {
        for migrations in [15, 1_000] {
            start_up::nothing_pending(migrations);
        }
    }
    if runs("compile") {
        compile::ddl_beside_table(30);
    }
}
