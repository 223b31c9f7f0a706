//! How a failure is told: the one place where typed errors become words, hints and an exit code.
//!
//! ```text
//! error: what is true, and what was expected
//!   caused by: what the layer below said
//! hint: a command that can be pasted
//! ```

use std::error::Error;
use std::io;

use serde::Serialize;

use super::exit::Exit;
use super::text::{Text, Tone, clean};

/// Why a verb ends without its answer. Boxed: every function of a verb may return it.
#[derive(Debug)]
pub(super) struct Failure(Box<Told>);

/// All that is told about a failure.
#[derive(Debug)]
struct Told {
    exit: Exit,
    body: Body,
    /// Where in a file, and the text there.
    place: Option<(String, String)>,
    causes: Vec<String>,
    hints: Vec<String>,
}

#[derive(Debug)]
enum Body {
    /// One sentence each.
    Messages(Vec<String>),
    /// Frames of source, as rendered without and with colour.
    Frames { plain: String, colored: String },
    /// Nothing to tell: the reader of the answer went away.
    Silent,
}

/// A failure in JSON, on stderr.
#[derive(Serialize)]
struct JsonFailure<'a> {
    version: u32,
    error: &'a str,
    causes: &'a [String],
    hints: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    exit_code: u8,
}

/// How many lines of a statement are shown.
const EXCERPT: usize = 8;

/// `  --> file:line` and the first lines of what stands there.
fn excerpted(place: &str, excerpt: &str) -> String {
    let mut text = format!("\n  --> {}", clean(place));
    for line in excerpt.lines().take(EXCERPT) {
        text.push_str("\n      ");
        text.push_str(&clean(line));
    }
    if excerpt.lines().count() > EXCERPT {
        text.push_str("\n      …");
    }
    text
}

impl Failure {
    /// A failure with a message of the command line's own.
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self::several(exit, vec![message.into()])
    }

    /// Several failures of one kind, told at once.
    pub(super) fn several(exit: Exit, messages: Vec<String>) -> Self {
        Self::with(exit, Body::Messages(messages))
    }

    /// A failure of a layer below: its message, and the messages of its sources.
    pub(super) fn of(exit: Exit, error: &dyn Error) -> Self {
        let mut failure = Self::new(exit, error.to_string());
        let mut source = error.source();
        while let Some(cause) = source {
            failure.0.causes.push(cause.to_string());
            source = cause.source();
        }
        failure
    }

    /// A failure with a place in a file.
    pub(super) fn frames(exit: Exit, plain: String, colored: String) -> Self {
        Self::with(exit, Body::Frames { plain, colored })
    }

    /// stdout cannot be written to. A pipe that was closed is no failure.
    pub(super) fn output(error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::with(Exit::Done, Body::Silent);
        }
        Self::new(Exit::Failed, "standard output cannot be written to").because(error)
    }

    fn with(exit: Exit, body: Body) -> Self {
        let (causes, hints) = (Vec::new(), Vec::new());
        Self(Box::new(Told { exit, body, place: None, causes, hints }))
    }

    /// Says where in a file, and what stands there.
    pub(super) fn place(mut self, place: String, text: &str) -> Self {
        self.0.place = Some((place, text.to_owned()));
        self
    }

    /// Puts words before the first message.
    pub(super) fn headed(mut self, head: &str) -> Self {
        if let Body::Messages(messages) = &mut self.0.body
            && let Some(first) = messages.first_mut()
        {
            *first = format!("{head}: {first}");
        }
        self
    }

    /// The same with the exit code of those who know only one failure.
    pub(super) fn plain(mut self) -> Self {
        if self.0.exit != Exit::Done {
            self.0.exit = Exit::Failed;
        }
        self
    }

    /// Adds a cause.
    pub(super) fn because(mut self, cause: &dyn Error) -> Self {
        self.0.causes.push(cause.to_string());
        self
    }

    /// Adds a hint.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hints.push(hint.into());
        self
    }

    /// Adds hints, each once.
    pub(super) fn hints(mut self, hints: impl IntoIterator<Item = String>) -> Self {
        for hint in hints {
            if !self.0.hints.contains(&hint) {
                self.0.hints.push(hint);
            }
        }
        self
    }

    /// How the run ends.
    pub(super) fn exit(&self) -> Exit {
        self.0.exit
    }

    /// Whether there is anything to tell.
    pub(super) fn is_silent(&self) -> bool {
        matches!(self.0.body, Body::Silent)
    }

    /// The text, with escapes where `color` says so.
    pub(super) fn ansi(&self, color: bool) -> String {
        let mut text = match &self.0.body {
            Body::Messages(messages) => {
                let label = |text| Text::labelled(Tone::Error, "error", text).ansi().to_owned();
                messages.iter().map(|message| label(message)).collect::<Vec<_>>().join("\n")
            }
            Body::Frames { plain, colored } => if color { colored } else { plain }.clone(),
            Body::Silent => String::new(),
        };
        if let Some((place, excerpt)) = &self.0.place {
            text.push_str(&excerpted(place, excerpt));
        }
        for cause in &self.0.causes {
            text.push_str("\n  caused by: ");
            text.push_str(Text::from(cause.trim_end()).ansi());
        }
        for hint in &self.0.hints {
            text.push('\n');
            text.push_str(Text::labelled(Tone::Hint, "hint", hint).ansi());
        }
        text
    }

    /// The JSON document.
    pub(super) fn json(&self) -> String {
        let error = match &self.0.body {
            Body::Messages(messages) => messages.join("\n"),
            Body::Frames { plain, .. } => plain.clone(),
            Body::Silent => String::new(),
        };
        let failure = JsonFailure {
            version: 1,
            error: &error,
            causes: &self.0.causes,
            hints: &self.0.hints,
            place: self.0.place.as_ref().map(|(place, _)| place.as_str()),
            exit_code: self.0.exit.code(),
        };
        serde_json::to_string_pretty(&failure).expect("strings and numbers are always JSON")
    }
}
