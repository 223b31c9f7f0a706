//! SQLite's stored text, reduced to what it says: white space, comments, letter case and the kind
//! of quotes around a name are no difference; the order of a table's elements is none either.

/// The tokens of a text. Names are lower-case and unquoted, strings stay as they are.
pub(crate) fn tokens(sql: &str) -> Vec<String> {
    let mut rest = sql;
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            c if c.is_whitespace() => c.len_utf8(),
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '\'' => {
                let (_, length) = quoted(rest, '\'');
                found.push(rest[..length].to_owned());
                length
            }
            '"' | '`' => {
                let (name, length) = quoted(rest, first);
                found.push(name.to_lowercase());
                length
            }
            '[' => {
                let length = rest.find(']').map_or(rest.len(), |end| end + 1);
                found.push(rest[1..length].trim_end_matches(']').to_lowercase());
                length
            }
            c if is_word(c) => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                found.push(rest[..length].to_lowercase());
                length
            }
            c => {
                found.push(c.to_string());
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    found
}

/// One line that is equal for two texts of one meaning.
pub(crate) fn canonical(sql: &str) -> String {
    let mut tokens = tokens(sql);
    // `GENERATED ALWAYS` is a word for nothing.
    while let Some(at) = tokens.windows(3).position(|w| w == ["generated", "always", "as"]) {
        tokens.drain(at..at + 2);
    }
    let is_table = tokens.first().is_some_and(|t| t == "create")
        && tokens.get(1).is_some_and(|t| t == "table");
    if !is_table {
        return tokens.join(" ");
    }
    let Some((head, elements, tail)) = body(&tokens) else { return tokens.join(" ") };
    let mut elements: Vec<String> = elements.iter().map(|e| collation_last(e).join(" ")).collect();
    elements.sort();
    let mut tail: Vec<String> =
        tail.split(|t| t == ",").map(|option| option.join(" ")).filter(|o| !o.is_empty()).collect();
    tail.sort();
    format!("{} ( {} ) {}", head.join(" "), elements.join(" , "), tail.join(" , "))
}

/// `COLLATE` may stand anywhere among the words of a column.
fn collation_last(element: &[String]) -> Vec<String> {
    let mut element = element.to_vec();
    let mut depth = 0;
    let found = element.iter().position(|token| {
        depth += i32::from(token == "(") - i32::from(token == ")");
        depth == 0 && token == "collate"
    });
    if let Some(at) = found.filter(|at| at + 1 < element.len()) {
        let words: Vec<String> = element.drain(at..at + 2).collect();
        element.extend(words);
    }
    element
}

/// The parenthesised texts behind a word: `CHECK (…)`, `AS (…)`.
pub(crate) fn behind(sql: &str, word: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if token == word && tokens.get(at + 1).is_some_and(|t| t == "(") {
            let end = closing(&tokens, at + 1).unwrap_or(tokens.len() - 1);
            found.push(format!("{word} {}", tokens[at + 1..=end].join(" ")));
        }
    }
    found.sort();
    found
}

type Body<'t> = (&'t [String], Vec<&'t [String]>, &'t [String]);

/// Splits at the commas of the outermost parentheses.
fn body(tokens: &[String]) -> Option<Body<'_>> {
    let open = tokens.iter().position(|t| t == "(")?;
    let close = closing(tokens, open)?;
    let mut depth = 0;
    let mut start = open + 1;
    let mut elements = Vec::new();
    for at in open + 1..close {
        match tokens[at].as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            "," if depth == 0 => {
                elements.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    elements.push(&tokens[start..close]);
    Some((&tokens[..open], elements, &tokens[close + 1..]))
}

/// The elements of a `CREATE TABLE` to the letter, each with the comments around it: what stands alone
/// behind its comma, up to the end of the line, is about it, too.
pub(crate) fn elements(sql: &str) -> Vec<String> {
    let mut depth = 0;
    let mut start = 0;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let length = match first {
            '-' | '/' if comment(rest) > 0 => comment(rest),
            '\'' | '"' | '`' => quoted(rest, first).1,
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            c => c.len_utf8(),
        };
        at += length;
        match first {
            '(' => {
                depth += 1;
                if depth == 1 {
                    start = at;
                }
            }
            ')' => {
                depth -= 1;
                if depth == 0 {
                    found.push(sql[start..at - 1].trim().to_owned());
                    return found;
                }
            }
            ',' if depth == 1 => {
                let element = sql[start..at - 1].trim();
                let spaces = sql[at..].len() - sql[at..].trim_start_matches([' ', '\t']).len();
                let behind = at + spaces..at + spaces + comment(&sql[at + spaces..]);
                if sql[behind.end..].trim_start_matches([' ', '\t']).starts_with('\n') {
                    found.push(format!("{element} {}", &sql[behind.clone()]).trim().to_owned());
                    at = behind.end;
                } else {
                    found.push(element.to_owned());
                }
                start = at;
            }
            _ => {}
        }
    }
    found
}

/// An element to the letter, without the comments around it, and these: the spaces between do not count.
pub(crate) fn bare(element: &str) -> (String, &str, String) {
    let mut at = 0;
    let (mut start, mut end) = (None, 0);
    while let Some(first) = element[at..].chars().next() {
        let rest = &element[at..];
        let length = match first {
            '-' | '/' if comment(rest) > 0 => comment(rest),
            '\'' | '"' | '`' => quoted(rest, first).1,
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            c => c.len_utf8(),
        };
        if !first.is_whitespace() && comment(rest) == 0 {
            start.get_or_insert(at);
            end = at + length;
        }
        at += length;
    }
    let start = start.unwrap_or(0);
    let comments = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    (comments(&element[..start]), &element[start..end], comments(&element[end..]))
}

/// The length of the comment that the text begins with.
fn comment(text: &str) -> usize {
    if text.starts_with("--") {
        text.find('\n').unwrap_or(text.len())
    } else if text.starts_with("/*") {
        text.find("*/").map_or(text.len(), |end| end + 2)
    } else {
        0
    }
}

fn closing(tokens: &[String], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.as_str() {
            "(" => depth += 1,
            ")" => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// A quoted text at the start: what it says, and its length in bytes.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let mut said = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = characters.next() {
        if c != quote {
            said.push(c);
        } else if characters.peek().is_some_and(|(_, next)| *next == quote) {
            said.push(quote);
            characters.next();
        } else {
            return (said, at + quote.len_utf8());
        }
    }
    (said, text.len())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

#[test]
fn elements_are_told_apart_to_the_letter() {
    let sql = "CREATE TABLE t ( -- a\n  b INT DEFAULT 'x,(' /* b, */, -- b (\n c, /* d */ d, CHECK (a, b) -- e\n) STRICT";
    let found = elements(sql);
    let expected =
        ["-- a\n  b INT DEFAULT 'x,(' /* b, */ -- b (", "c", "/* d */ d", "CHECK (a, b) -- e"];
    assert_eq!(found, expected);
    let texts: Vec<_> = found.iter().map(|element| bare(element).1).collect();
    assert_eq!(texts, ["b INT DEFAULT 'x,('", "c", "d", "CHECK (a, b)"]);
    assert_eq!(bare(&found[0]).2, "/* b, */ -- b (");
}

#[test]
fn texts_of_one_meaning_are_equal() {
    let plain = "CREATE TABLE t (a INTEGER, b TEXT DEFAULT 'x, (y)', UNIQUE (a, b)) STRICT";
    let other = "create table \"t\" ( -- why\n  [B] text default 'x, (y)' /* , */, `a` integer,\nunique(a,b))strict";
    assert_eq!(canonical(plain), canonical(other));
    assert_ne!(canonical(plain), canonical(&plain.replace("(y)", "(Y)")));
    assert_ne!(canonical(plain), canonical(&plain.replace("(a, b)", "(b, a)")));
    assert_eq!(
        behind("t(a CHECK (a IN (1, 2)), check(b))", "check"),
        ["check ( a in ( 1 , 2 ) )", "check ( b )"]
    );
}
