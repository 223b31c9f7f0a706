//! The terminal: the only file that prints.
//!
//! stdout is the answer, stderr the narration. A reader that goes away (`| head`) ends the run
//! quietly.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use super::args::{ColorWhen, Format, TerminalArgs};
use super::report::Failure;
use super::text::{Text, Tone, clean};

/// How much is told on stderr.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verbosity {
    Quiet,
    Normal,
    Verbose,
}

/// Where a run prints, and what it may ask.
#[derive(Clone, Debug)]
pub(super) struct Ui {
    verbosity: Verbosity,
    color: ColorChoice,
}

impl Ui {
    pub(super) fn new(args: &TerminalArgs) -> Self {
        let verbosity = match (args.quiet, args.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        };
        let color = match args.color {
            ColorWhen::Auto => ColorChoice::Auto,
            ColorWhen::Always => ColorChoice::Always,
            ColorWhen::Never => ColorChoice::Never,
        };
        Self { verbosity, color }
    }

    /// Whether a question can be asked: both ends are a terminal.
    pub(super) fn is_interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Prints a line of the answer.
    pub(super) fn answer(&self, text: impl Into<Text>) -> Result<(), Failure> {
        let mut out = AutoStream::new(io::stdout().lock(), self.color);
        writeln!(out, "{}", text.into().ansi()).map_err(|error| Failure::output(&error))
    }

    /// Prints a document as the answer: byte for byte into a file or a pipe, cleaned on a terminal.
    pub(super) fn document(&self, document: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let bytes = if out.is_terminal() { clean(document) } else { document.into() };
        out.write_all(bytes.as_bytes())
            .and_then(|()| out.flush())
            .map_err(|error| Failure::output(&error))
    }

    /// Prints the answer as one JSON document.
    pub(super) fn json<T: Serialize>(&self, answer: &T) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, answer)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out))
            .map_err(|error| Failure::output(&error))
    }

    /// Tells what happens, unless `--quiet`.
    pub(super) fn status(&self, text: impl Into<Text>) {
        if self.verbosity >= Verbosity::Normal {
            self.narrate(&text.into());
        }
    }

    /// Tells a detail, with `--verbose` only.
    pub(super) fn detail(&self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.narrate(&Text::new().toned(Tone::Quiet, text));
        }
    }

    /// Warns.
    pub(super) fn warning(&self, text: &str) {
        self.narrate(&Text::labelled(Tone::Warning, "warning", text));
    }

    /// Gives a hint, unless `--quiet`.
    pub(super) fn hint(&self, text: &str) {
        self.status(Text::labelled(Tone::Hint, "hint", text));
    }

    /// Tells why the run failed. As JSON where the answer would have been JSON.
    pub(super) fn failure(&self, failure: &Failure, format: Format) {
        match format {
            Format::Json => self.narrate_raw(&failure.json()),
            Format::Text => self.narrate_raw(&failure.ansi(self.colors_stderr())),
        }
    }

    /// Shows a frame of source on stderr, rendered without and with colour.
    pub(super) fn frame(&self, plain: &str, colored: &str) {
        self.narrate_raw(if self.colors_stderr() { colored } else { plain });
    }

    fn colors_stderr(&self) -> bool {
        let choice = match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stderr()),
            other => other,
        };
        choice != ColorChoice::Never
    }

    fn narrate(&self, text: &Text) {
        self.narrate_raw(text.ansi());
    }

    /// Nobody is left to be told when stderr is closed.
    fn narrate_raw(&self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        let _ = writeln!(err, "{}", text.trim_end());
    }
}
