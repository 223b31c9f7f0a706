//! `glowplug completions`

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::args::Cli;
use crate::cli::config::program;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::report::Failure;

pub(super) const EXAMPLES: &str = "\
Examples:
  glowplug completions bash > ~/.local/share/bash-completion/completions/glowplug
  glowplug completions fish > ~/.config/fish/completions/glowplug.fish
";

/// The flags of `completions`.
#[derive(Args, Clone, Copy, Debug)]
pub struct CompletionsArgs {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

pub(super) fn run(args: CompletionsArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    let mut command = Cli::command().name(program());
    clap_complete::generate(args.shell, &mut command, program(), &mut script);
    context.ui.document(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
