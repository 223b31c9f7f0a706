//! The `glowplug` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    glowplug::cli::main()
}
