//! Rust string literals, and names that may stand without quotes.

/// A Rust string literal: raw where the text holds quotes or backslashes, escaped where it holds
/// what cannot be seen.
pub(super) fn literal(text: &str) -> String {
    let plain = |c: char| c == '\n' || matches!(c, '"' | '\'' | '\\') || is_visible(c);
    if !text.chars().all(plain) {
        return format!("{text:?}");
    }
    if !text.contains(['"', '\\']) {
        return format!("\"{text}\"");
    }
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("r{fence}\"{text}\"{fence}")
}

fn is_visible(c: char) -> bool {
    c.escape_debug().eq([c])
}

/// Words of `ddl!` that a name without quotes could be taken for, and Rust's own words.
const WORDS: &[&str] = &[
    "deferrable",
    "include",
    "index",
    "key",
    "match",
    "no",
    "not",
    "nulls",
    "on",
    "using",
    "where",
    "with",
];

/// Whether a name can stand as an identifier where `ddl!` takes either.
pub(super) fn is_plain(name: &str) -> bool {
    let letters = name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase() || b.is_ascii_digit());
    letters && !WORDS.contains(&name) && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// A name of a constraint, an index, a view: an identifier if it is one, else a string.
pub(super) fn name_or_literal(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { literal(name) }
}
