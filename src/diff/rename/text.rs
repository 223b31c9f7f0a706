//! Names inside SQL expressions: found and replaced by tokens, never parsed.

use std::ops::Range;

/// A word of an expression that may be a name.
#[derive(Debug, PartialEq)]
struct Word {
    range: Range<usize>,
    name: String,
    /// The quote around it, `"` or a backtick.
    quote: Option<char>,
}

/// Whether the expression uses the name, as a column or before a dot.
///
/// Strings, comments, names of functions and types do not count; a bare word is compared without
/// regard to case.
pub(crate) fn mentions(sql: &str, name: &str) -> bool {
    words(sql).iter().any(|word| word.is(name) && word.may_be_column(sql))
}

/// Whether the text has the name anywhere, even as a type.
pub(crate) fn is_word_of(sql: &str, name: &str) -> bool {
    words(sql).iter().any(|word| word.is(name))
}

/// The expression with the column under its new name.
pub(super) fn replace_column(sql: &str, from: &str, to: &str) -> String {
    replace(sql, to, |word| word.is(from) && word.may_be_column(sql) && !word.is_qualifier(sql))
}

/// The expression with the table under its new name, where it stands before a dot.
pub(super) fn replace_qualifier(sql: &str, from: &str, to: &str) -> String {
    replace(sql, to, |word| word.is(from) && word.is_qualifier(sql))
}

fn replace(sql: &str, to: &str, which: impl Fn(&Word) -> bool) -> String {
    let mut replaced = String::with_capacity(sql.len());
    let mut at = 0;
    for word in words(sql).iter().filter(|word| which(word)) {
        replaced.push_str(&sql[at..word.range.start]);
        replaced.push_str(&word.spelt(to));
        at = word.range.end;
    }
    replaced.push_str(&sql[at..]);
    replaced
}

impl Word {
    fn is(&self, name: &str) -> bool {
        match self.quote {
            Some(_) => self.name == name,
            None => self.name.eq_ignore_ascii_case(name),
        }
    }

    /// No function (`lower(…)`), and no type or collation (`x::text`, `CAST(x AS text)`).
    fn may_be_column(&self, sql: &str) -> bool {
        let before = sql[..self.range.start].trim_end();
        let follows = |keyword: &str| {
            let start = before.len().saturating_sub(keyword.len());
            before.is_char_boundary(start)
                && before[start..].eq_ignore_ascii_case(keyword)
                && !before[..start].ends_with(is_word)
        };
        let calls = self.quote.is_none() && sql[self.range.end..].trim_start().starts_with('(');
        !calls && !before.ends_with("::") && !follows("AS") && !follows("COLLATE")
    }

    fn is_qualifier(&self, sql: &str) -> bool {
        sql[self.range.end..].trim_start().starts_with('.')
    }

    /// Another name in the same spelling: quoted if this one is, or if it must be.
    fn spelt(&self, name: &str) -> String {
        let mut chars = name.chars();
        let simple = chars.next().is_some_and(|c| c.is_ascii_lowercase() || c == '_')
            && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        match self.quote {
            None if simple => name.to_owned(),
            quote => {
                let quote = quote.unwrap_or('"');
                let doubled = name.replace(quote, &format!("{quote}{quote}"));
                format!("{quote}{doubled}{quote}")
            }
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn words(sql: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(c) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let length = match c {
            '\'' => quoted_length(rest, '\'', false),
            '"' | '`' => {
                let length = quoted_length(rest, c, false);
                let name = rest[1..length].strip_suffix(c).unwrap_or(&rest[1..length]);
                let name = name.replace(&format!("{c}{c}"), &c.to_string());
                words.push(Word { range: at..at + length, name, quote: Some(c) });
                length
            }
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '$' => dollar_quoted_length(rest),
            _ if is_word(c) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                let escapes = rest[..length].eq_ignore_ascii_case("e");
                if escapes && rest[length..].starts_with('\'') {
                    length + quoted_length(&rest[length..], '\'', true)
                } else {
                    if !c.is_ascii_digit() {
                        let name = rest[..length].to_owned();
                        words.push(Word { range: at..at + length, name, quote: None });
                    }
                    length
                }
            }
            _ => c.len_utf8(),
        };
        at += length;
    }
    words
}

/// The length of `'…'` with its quotes; doubled quotes are part of it.
fn quoted_length(sql: &str, quote: char, escapes: bool) -> usize {
    let mut chars = sql.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if escapes && c == '\\' {
            chars.next();
        } else if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return at + c.len_utf8();
        }
    }
    sql.len()
}

/// The length of `$tag$…$tag$`, or of a lone `$`.
fn dollar_quoted_length(sql: &str) -> usize {
    let Some(end) = sql[1..].find('$').map(|end| end + 2) else { return 1 };
    let tag = &sql[..end];
    if !tag[1..end - 1].chars().all(|c| c.is_alphanumeric() || c == '_') {
        return 1;
    }
    sql[end..].find(tag).map_or(sql.len(), |close| end + close + tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_not_a_part_of_one() {
        assert!(mentions("plan > 0", "plan"));
        assert!(mentions("a=PLAN", "plan"));
        assert!(mentions("session.plan > 0", "plan"));
        assert!(mentions(r#""odd ""name""" IS NULL"#, r#"odd "name""#));
        assert!(!mentions("plans > 0", "plan"));
        assert!(!mentions("my_plan > 0", "plan"));
        assert!(!mentions(r#""Plan" > 0"#, "plan"));
    }

    #[test]
    fn strings_comments_functions_and_types_are_no_columns() {
        for sql in [
            "status = 'plan'",
            "status = 'it''s plan'",
            r"status = E'it\'s plan'",
            "status = $$plan$$ OR status = $q$ plan $q$",
            "a > 0 -- plan\n",
            "a > 0 /* plan */",
            "plan(a) > 0",
            "a::plan = 1",
            "CAST(a AS plan) = 1",
            "a COLLATE plan = 'x'",
        ] {
            assert!(!mentions(sql, "plan"), "{sql}");
        }
        assert!(mentions("a::text = 'x' AND plan", "plan"), "the word after a type");
    }

    #[test]
    fn a_replaced_name_keeps_its_spelling() {
        let replaced = |sql| replace_column(sql, "plan", "tier");
        assert_eq!(replaced("plan > 0 AND 'plan' <> \"plan\""), "tier > 0 AND 'plan' <> \"tier\"");
        assert_eq!(replaced("session.plan > plan.x"), "session.tier > plan.x");
        assert_eq!(replace_column("lower(plan)", "plan", "Odd \"x"), "lower(\"Odd \"\"x\")");
        assert_eq!(
            replace_qualifier("session.session > 0", "session", "visit"),
            "visit.session > 0"
        );
    }

    #[test]
    fn unfinished_text_ends_the_scan() {
        for sql in ["'abc", "\"abc", "/* abc", "$$abc", "$", "E'\\", "é'", "$é$"] {
            assert!(!mentions(sql, "nothing"), "{sql}");
        }
    }
}
