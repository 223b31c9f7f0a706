use sha2::{Digest as _, Sha256};

/// The byte order mark that some editors put at the start of a file. SQLite skips it, PostgreSQL
/// takes it for a syntax error.
const BOM: char = '\u{feff}';

/// The text without a byte order mark.
#[must_use]
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix(BOM).unwrap_or(text)
}

/// SHA-256 of a migration's text, in hex. A byte order mark and Windows line endings change
/// nothing: the same commit checked out on another system is the same migration.
///
/// ```
/// use glowplug::files::checksum;
///
/// assert_eq!(checksum("SELECT 1;\r\n"), checksum("SELECT 1;\n"));
/// assert_ne!(checksum("SELECT 1;\n"), checksum("SELECT 2;\n"));
/// ```
#[must_use]
pub fn checksum(text: &str) -> String {
    let text = without_bom(text).replace("\r\n", "\n");
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
