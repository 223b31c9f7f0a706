//! What holds for every input, whatever it is.

use diesel::connection::{DefaultLoadingMode, LoadConnection};
use diesel::row::{Field as _, Row as _};
use diesel::{Connection as _, SqliteConnection, sql_query};
use glowplug::backend::Backend;
use glowplug::backend::ident::{comment, literal, quote};
use glowplug::backend::sqlite::stored::{self, TokenKind};
use glowplug::files::statement::split;
use glowplug::parse::parse_source;

const BACKENDS: [Backend; 3] = [Backend::Sqlite, Backend::Postgres, Backend::Mysql];

/// Any source text is read, or refused with places that are in it; twice alike.
#[allow(unexpected_cfgs, reason = "cargo-fuzz sets it")]
pub fn parser(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let inside = |line: usize, column: usize| {
        if cfg!(fuzzing) {
            // proc-macro2 knows no places then; the test suite, which replays the corpus, does.
            return true;
        }
        let line = line.checked_sub(1).and_then(|line| text.split('\n').nth(line));
        line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&column))
    };
    for backend in BACKENDS {
        let read = parse_source("x.rs".as_ref(), text, backend);
        assert_eq!(read, parse_source("x.rs".as_ref(), text, backend));
        match read {
            Ok(schema) => {
                for origin in schema.tables.values().filter_map(|table| table.origin.as_ref()) {
                    assert!(inside(origin.line, origin.column), "{origin:?} is not in the text");
                }
            }
            Err(errors) => {
                assert!(errors.iter().next().is_some(), "refused without a reason");
                for error in errors.iter() {
                    assert!(inside(error.line, error.column), "{error:?} is not in the text");
                    assert!(!error.render(false).is_empty());
                }
            }
        }
    }
}

/// The pieces put together are the text, each ends with its semicolon and is one statement when
/// it stands alone.
pub fn splitter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for backend in BACKENDS {
        let pieces = split(backend, text);
        let mut end = 0;
        for piece in &pieces {
            assert_eq!(piece.range.start, end, "a gap, or text that is there twice");
            assert!(piece.range.end > end, "an empty piece");
            end = piece.range.end;
            let whole = &text[piece.range.clone()];
            assert!(whole.trim_end().ends_with(piece.text), "{whole:?} ends otherwise");
            assert!(end == text.len() || piece.text.ends_with(';'), "{whole:?} is cut short");
            let first = piece.range.start + whole.rfind(piece.text).unwrap_or(0);
            if !piece.text.is_empty() && whole.matches(piece.text).count() == 1 {
                assert_eq!(piece.line, text[..first].matches('\n').count() + 1);
            }
            if !piece.text.is_empty() {
                let again = split(backend, piece.text);
                assert_eq!(again.len(), 1, "{:?} is more than one", piece.text);
                assert_eq!(again[0].words(), piece.words());
            }
        }
        assert_eq!(end, text.len(), "text is lost");
    }
}

/// Whatever the text, its quoted form is one name, its literal one value and its comment nothing.
pub fn quoting(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for backend in BACKENDS {
        let name = quote(backend, text);
        for token in [name.as_str(), &literal(backend, text)] {
            let sql = format!("SELECT {token};x");
            let pieces: Vec<_> = split(backend, &sql).iter().map(|piece| piece.text).collect();
            assert_eq!(
                pieces,
                [&sql[..sql.len() - 1], "x"],
                "{token} does not end where it should"
            );
        }
        let sql = format!("-- {}\nSELECT 1;", comment(text));
        let pieces = split(backend, &sql);
        assert!(pieces.len() == 1 && pieces[0].text == "SELECT 1;", "{sql:?} is no comment");
    }
    let name = quote(Backend::Sqlite, text);
    let value = literal(Backend::Sqlite, text);
    for (token, kind) in [(&name, TokenKind::Quoted), (&value, TokenKind::Text)] {
        let tokens = stored::tokens(token).expect("it is closed");
        assert!(tokens.len() == 1 && tokens[0].kind == kind, "{token} is {tokens:?}");
        assert_eq!(stored::unquote(token), text);
    }
    // SQLite ends a statement at a NUL, and has no name that holds one.
    if !text.contains('\0') {
        assert_eq!(read_back(&name, &value), (text.to_owned(), text.to_owned()));
    }
}

/// The name of the column, and the value, as SQLite understood them.
fn read_back(name: &str, value: &str) -> (String, String) {
    let mut connection = SqliteConnection::establish(":memory:").expect("a database in memory");
    let query = sql_query(format!("SELECT {value} AS {name}"));
    let mut rows = LoadConnection::<DefaultLoadingMode>::load(&mut connection, query)
        .expect("it is one statement");
    let row = rows.next().expect("a row").expect("no error");
    let field = row.get(0).expect("a column");
    let mut value = field.value().expect("not NULL");
    (field.field_name().expect("a name").to_owned(), value.read_text().to_owned())
}
