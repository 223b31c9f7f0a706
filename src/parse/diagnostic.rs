//! What is wrong with the models, and where.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// One fault of a source file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to the root where it lies below it.
    pub file: PathBuf,
    /// The line, from 1; 0 where the fault has no place in the file.
    pub line: usize,
    /// The column in characters, from 1; 0 where the fault has no place in the file.
    pub column: usize,
    /// What is true and what was expected.
    pub message: String,
    /// What the user can do.
    pub hint: Option<String>,
    /// Whether the models cannot be used because of it.
    pub severity: DiagnosticSeverity,
    /// The source line, for the frame.
    pub(super) excerpt: Option<Excerpt>,
    /// A second place: where the same name was defined first.
    pub(super) first: Option<(PathBuf, Excerpt)>,
}

/// Whether a diagnostic ends the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticSeverity {
    /// The models cannot be used.
    Error,
    /// The models can be used.
    Warning,
}

/// One line of source text and what is meant in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) line: usize,
    pub(super) range: Range<usize>,
}

impl Excerpt {
    /// The line of `text` in which `range` starts; a range that goes on below is cut at its end.
    pub(super) fn new(text: &str, range: Range<usize>) -> Self {
        let start = floor_boundary(text, range.start);
        let end = floor_boundary(text, range.end).max(start);
        let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let last = text[start..].find('\n').map_or(text.len(), |at| start + at);
        Self {
            text: text[first..last].trim_end_matches('\r').to_owned(),
            line: text[..first].matches('\n').count() + 1,
            range: start - first..end.min(last) - first,
        }
    }

    /// The column, in characters from 1.
    pub(super) fn column(&self) -> usize {
        let before = self.text.get(..self.range.start).unwrap_or(&self.text);
        before.chars().count() + 1
    }

    fn snippet<'a>(
        &'a self,
        file: &'a str,
        label: Option<&'a str>,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let end = self.range.end.min(self.text.len());
        let range = self.range.start.min(end)..end;
        Snippet::source(self.text.as_str())
            .line_start(self.line)
            .path(file)
            .annotation(AnnotationKind::Primary.span(range).label(label))
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl Diagnostic {
    /// A fault of a file as a whole.
    pub(super) fn of_file(file: &Path, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: 0,
            column: 0,
            message: message.into(),
            hint: None,
            severity: DiagnosticSeverity::Error,
            excerpt: None,
            first: None,
        }
    }

    /// A fault at a place.
    pub(super) fn at(file: &Path, text: &str, range: Range<usize>, message: String) -> Self {
        let excerpt = Excerpt::new(text, range);
        Self {
            line: excerpt.line,
            column: excerpt.column(),
            excerpt: Some(excerpt),
            ..Self::of_file(file, message)
        }
    }

    /// The same, with a hint.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The diagnostic with its source line and a caret below the place.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let file = self.file.display().to_string();
        let first = self.first.as_ref().map(|(file, e)| (file.display().to_string(), e));
        let level = match self.severity {
            DiagnosticSeverity::Error => Level::ERROR,
            DiagnosticSeverity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.message.as_str());
        let mut group = match &self.excerpt {
            Some(excerpt) => title.element(excerpt.snippet(&file, None)),
            None => Group::with_title(title),
        };
        if let Some((file, excerpt)) = &first {
            group = group.element(excerpt.snippet(file, Some("first here")));
        }
        if let Some(hint) = &self.hint {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Everything that is wrong with the models, in the order of files and lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseErrors(pub Vec<Diagnostic>);

impl ParseErrors {
    /// The faults in order.
    pub(super) fn sorted(mut faults: Vec<Diagnostic>) -> Self {
        faults.sort_by(|a, b| {
            (&a.file, a.line, a.column, &a.message).cmp(&(&b.file, b.line, b.column, &b.message))
        });
        Self(faults)
    }

    /// All frames, one after the other.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let frames: Vec<_> = self.0.iter().map(|d| d.render(color)).collect();
        frames.join("\n\n")
    }

    /// The single faults.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

impl fmt::Display for ParseErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for ParseErrors {}
