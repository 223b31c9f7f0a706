//! SQLite itself, asked where a statement ends. Nothing is run.

use std::ffi::CString;
use std::ptr;

use glowplug::backend::Backend;
use glowplug::files::statement::split;
use libsqlite3_sys as ffi;

/// What statements may speak of.
const TABLES: &str = "CREATE TABLE t (a, b); CREATE TABLE u (a, b); CREATE VIEW v AS SELECT * FROM t";

/// Each statement that SQLite can prepare ends where the splitter ends it.
pub fn agrees(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    // SQLite's text ends at a NUL.
    let Ok(whole) = CString::new(text) else { return };
    // A semicolon alone is no statement to SQLite: it goes on to the next one.
    let pieces = split(Backend::Sqlite, text);
    let ends: Vec<_> = pieces.iter().filter(|p| !p.is_blank()).map(|p| p.range.end).collect();
    DATABASE.with(|database| compare(database, text, &whole, &ends));
}

thread_local! {
    static DATABASE: Database = Database::open();
}

fn compare(database: &Database, text: &str, whole: &CString, ends: &[usize]) {
    let mut at = 0;
    while at < text.len() {
        let Some(end) = database.end_of_statement(whole, at) else { return };
        let expected = ends.iter().copied().find(|end| *end > at).unwrap_or(text.len());
        assert!(end == expected, "from byte {at}, SQLite ends at {end}, the splitter at {expected}");
        let piece = &text[at..end];
        // At the end of the text a semicolon may stand in a comment.
        if end < text.len() && piece.ends_with(';') {
            let piece = CString::new(piece).expect("no NUL");
            // SAFETY: a text that ends with NUL.
            let complete = unsafe { ffi::sqlite3_complete(piece.as_ptr()) };
            assert!(complete == 1, "sqlite3_complete() waits for more of {piece:?}");
        }
        at = end;
    }
}

struct Database(*mut ffi::sqlite3);

impl Database {
    fn open() -> Self {
        let mut database = ptr::null_mut();
        // SAFETY: the name ends with NUL, and the pointer is written by the call.
        let code = unsafe { ffi::sqlite3_open(c":memory:".as_ptr(), &mut database) };
        assert_eq!(code, ffi::SQLITE_OK);
        let tables = CString::new(TABLES).expect("no NUL");
        // SAFETY: an open database and a text that ends with NUL.
        let code = unsafe {
            ffi::sqlite3_exec(database, tables.as_ptr(), None, ptr::null_mut(), ptr::null_mut())
        };
        assert_eq!(code, ffi::SQLITE_OK);
        Self(database)
    }

    /// Where the statement that starts at `at` ends; `None` where SQLite does not understand it.
    fn end_of_statement(&self, text: &CString, at: usize) -> Option<usize> {
        let mut statement = ptr::null_mut();
        let mut tail = ptr::null();
        let start = text.as_ptr();
        // SAFETY: `at` is inside the text, which ends with NUL; both pointers are written.
        let code = unsafe {
            ffi::sqlite3_prepare_v2(self.0, start.add(at), -1, &mut statement, &mut tail)
        };
        // SAFETY: what was prepared, or NULL.
        unsafe { ffi::sqlite3_finalize(statement) };
        // SAFETY: the tail is inside the same text.
        (code == ffi::SQLITE_OK).then(|| unsafe { tail.offset_from(start) } as usize)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // SAFETY: opened by us, with no statement left.
        unsafe { ffi::sqlite3_close(self.0) };
    }
}
