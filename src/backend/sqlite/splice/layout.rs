//! Where the elements of a stored text begin and end with the comments that belong to them, as people
//! read them: those behind an element, also behind its comma up to the end of the line, and those
//! before the next one.

use crate::backend::sqlite::stored::{ElementKind, StoredTable, read_table};

/// Offsets in the text, one entry an element.
pub(super) struct Layout {
    /// Where it begins, with the comments before it.
    pub(super) starts: Vec<usize>,
    /// Where it ends, with the comments before its comma; behind the line break that ends the last one.
    pub(super) ends: Vec<usize>,
    /// Its comma, and where the comment behind that ends, if it has one.
    pub(super) commented: Vec<Option<(usize, usize)>>,
}

impl Layout {
    pub(super) fn of(stored: &StoredTable<'_>) -> Self {
        let elements = &stored.elements;
        let mut layout = Self { starts: Vec::new(), ends: Vec::new(), commented: Vec::new() };
        layout.starts.extend(elements.first().map(|first| first.range.start));
        for (n, element) in elements.iter().enumerate() {
            let next = elements.get(n + 1).map(|next| next.range.start);
            let to = next.unwrap_or(stored.body_close);
            let gap = Gap::of(stored.text, element.range.end, to);
            layout.ends.push(gap.end);
            layout.commented.push(gap.comma.zip(gap.behind));
            layout.starts.extend(next.map(|_| gap.next));
        }
        layout
    }
}

/// Whether `DROP COLUMN` would take a comment that is not the column's. It cuts up to the name of the next
/// column, and for the last one back to the nearest comma, even one in a comment
/// (`sqlite3AlterDropColumn()` and `dropColumnFunc()` in SQLite's alter.c).
pub(in crate::backend::sqlite) fn drop_takes_comments(text: &str, column: &str) -> bool {
    let Ok(stored) = read_table(text) else { return false };
    let elements = &stored.elements;
    let is_column = |n: usize| {
        elements.get(n).is_some_and(|element| matches!(element.kind, ElementKind::Column(_)))
    };
    let found = elements.iter().position(|element| {
        matches!(&element.kind, ElementKind::Column(it) if it.name.eq_ignore_ascii_case(column))
    });
    let Some(n) = found else { return false };
    let between = |from: usize, to: usize| {
        let gap = Gap::of(text, from, to);
        gap.end != from || gap.behind.is_some() || gap.next != to
    };
    if is_column(n + 1) {
        let (end, next) = (elements[n].range.end, elements[n + 1].range.start);
        return Gap::of(text, end, next).next != next;
    }
    let next = elements.get(n + 1).map_or(stored.body_close, |next| next.range.start);
    let before = n.checked_sub(1).map(|n| elements[n].range.end);
    before.is_some_and(|before| between(before, elements[n].range.start))
        || between(elements[n].range.end, next)
}

/// What stands between two elements: spaces, comments, and a comma unless both are constraints.
struct Gap {
    end: usize,
    comma: Option<usize>,
    behind: Option<usize>,
    next: usize,
}

impl Gap {
    fn of(text: &str, from: usize, to: usize) -> Self {
        let mut gap = Self { end: from, comma: None, behind: None, next: to };
        let mut at = from;
        while at < to {
            let rest = &text[at..to];
            let length = comment(rest);
            if length > 0 {
                let end = at + length;
                let Some(comma) = gap.comma else {
                    // A line break ends such a comment, and must stay behind it.
                    gap.end = if rest.starts_with("--") { (end + 1).min(to) } else { end };
                    at = end;
                    continue;
                };
                let alone = text[end..to].trim_start_matches([' ', '\t', '\r']).starts_with('\n');
                if gap.behind.is_none() && alone && !text[comma..at].contains('\n') {
                    gap.behind = Some(end);
                    at = end;
                } else {
                    gap.next = at;
                    return gap;
                }
            } else {
                if rest.starts_with(',') {
                    gap.comma = Some(at);
                }
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        gap
    }
}

/// The length of the comment that a text begins with.
fn comment(text: &str) -> usize {
    if text.starts_with("--") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") {
        text.find("*/").map_or(text.len(), |end| end + 2)
    } else {
        0
    }
}
