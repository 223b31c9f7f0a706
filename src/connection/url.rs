use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::ConnectionError;
use crate::model::Backend;

/// Where a database is. It is never printed with its password.
///
/// As in Diesel CLI, `postgres://` and `postgresql://` are PostgreSQL, `mysql://` is MySQL, and
/// `sqlite://…`, `file:…` and plain paths are SQLite files.
///
/// ```
/// use glowplug::connection::DatabaseUrl;
///
/// let url = DatabaseUrl::parse("postgres://app:s3cret@db.example/app")?;
/// assert_eq!(url.to_string(), "postgres://app:***@db.example/app");
/// # Ok::<(), glowplug::connection::ConnectionError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    raw: String,
    backend: Backend,
    /// How long SQLite waits for a file that another process has locked.
    wait: Duration,
}

/// The schemes of servers.
const SERVERS: [&str; 3] = ["postgres", "postgresql", "mysql"];

/// What is waited for a SQLite file, unless another time is said.
const WAIT: Duration = Duration::from_secs(5);

/// Keys of a query or of a `key=value` text whose values are secrets.
const SECRET_KEYS: [&str; 5] = ["password", "passwd", "pwd", "secret", "token"];

/// What stands for a secret when it is printed.
const MASK: &str = "***";

impl DatabaseUrl {
    /// Reads a URL or a path.
    ///
    /// # Errors
    /// When it is empty, has a scheme of no backend or something before it, or is a form that Diesel
    /// CLI would take for the path of a SQLite file: libpq's `key=value`, `postgres:` without `//`,
    /// `sqlite://user:password@host`. The error does not repeat the text.
    pub fn parse(text: &str) -> Result<Self, ConnectionError> {
        if text.trim().is_empty() {
            return Err(ConnectionError::Empty);
        }
        if text.contains('\0') {
            return Err(ConnectionError::Nul);
        }
        let backend = match text.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Backend::Postgres,
            Some("mysql") => Backend::Mysql,
            Some("sqlite" | "file") if names_server(text) => {
                return Err(ConnectionError::SqliteServer);
            }
            Some("sqlite" | "file") => Backend::Sqlite,
            Some(scheme) if is_scheme(scheme) => {
                return Err(ConnectionError::UnknownScheme { scheme: scheme.to_owned() });
            }
            Some(start) if ends_in_server(start) => return Err(ConnectionError::BeforeScheme),
            _ if let Some(scheme) = without_slashes(text) => {
                return Err(ConnectionError::NoSlashes { scheme: scheme.to_owned() });
            }
            _ if is_key_value(text) => return Err(ConnectionError::KeyValue),
            _ => Backend::Sqlite,
        };
        if backend == Backend::Postgres && has_two_ats(text) {
            return Err(ConnectionError::TwoAts);
        }
        if backend == Backend::Postgres && has_two_ats(text) {
            return Err(ConnectionError::TwoAts);
        }
        Ok(Self { raw: text.to_owned(), backend, wait: WAIT })
    }

    /// A SQLite file by its path.
    #[must_use]
    pub fn sqlite(path: &std::path::Path) -> Self {
        let mut raw = String::from("file:");
        for &byte in path.as_os_str().as_encoded_bytes() {
            if byte.is_ascii_alphanumeric() || b"/-_.~:\\".contains(&byte) {
                raw.push(char::from(byte));
            } else {
                raw.push_str(&format!("%{byte:02X}"));
            }
        }
        // `//` at the start would read as an empty host.
        if raw.starts_with("file://") {
            raw.insert_str("file:".len(), "//");
        }
        Self { raw, backend: Backend::Sqlite, wait: WAIT }
    }

    /// The same, with a time to wait for a SQLite file that another process has locked; it is 5
    /// seconds otherwise.
    #[must_use]
    pub fn waiting(mut self, time: Duration) -> Self {
        self.wait = time;
        self
    }

    #[cfg(feature = "sqlite")]
    pub(super) fn wait(&self) -> Duration {
        self.wait
    }

    /// The kind of database.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The file of a SQLite database, or `None` for one in memory and for servers.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<PathBuf> {
        let uri = self.sqlite_uri()?;
        (!uri.in_memory()).then(|| PathBuf::from(uri.path))
    }

    /// Whether the server runs on this machine: a file, a local socket, `localhost`, `127.0.0.1`
    /// or `[::1]`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        if self.backend == Backend::Sqlite {
            return true;
        }
        let (authority, query) = self.authority_and_query();
        let hosts = authority.rsplit_once('@').map_or(authority, |(_, hosts)| hosts);
        let by_query = query.split('&').filter_map(|pair| pair.split_once('='));
        let by_query = by_query.filter(|(key, _)| matches!(*key, "host" | "hostaddr"));
        let mut all = hosts.split(',').chain(by_query.flat_map(|(_, hosts)| hosts.split(',')));
        all.all(is_local_host)
    }

    /// The text as given, for the client library only.
    pub(super) fn secret_text(&self) -> &str {
        &self.raw
    }

    /// A message of a client library without the secrets of this URL.
    pub(super) fn scrub(&self, message: &str) -> String {
        let mut message = message.replace(&self.raw, &self.to_string());
        for secret in self.secrets() {
            message = message.replace(&secret, MASK);
            // Where the password is not encoded, a client takes part of it for something else, and
            // shows that in quotes: `invalid integer value "…" for connection option "port"`.
            let parts = secret.split(['/', '?', '#', '@', ':', '%', '&']);
            for part in parts.filter(|part| !part.is_empty()) {
                message = message.replace(&format!("\"{part}\""), &format!("\"{MASK}\""));
                if part.len() > 3 {
                    message = message.replace(part, MASK);
                }
            }
        }
        message
    }

    /// The SQLite name taken apart, if this is SQLite.
    pub(super) fn sqlite_uri(&self) -> Option<SqliteUri> {
        (self.backend == Backend::Sqlite).then(|| SqliteUri::read(&self.raw))
    }

    /// Of a server: `user@host:port`, and what follows `?`.
    pub(super) fn authority_and_query(&self) -> (&str, &str) {
        let rest = self.raw.split_once("://").map_or("", |(_, rest)| rest);
        let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
        let at = before.rfind('@').unwrap_or(0);
        let end = before[at..].find('/').map_or(before.len(), |slash| at + slash);
        (&before[..end], query)
    }

    /// The passwords in the text, as written and decoded.
    fn secrets(&self) -> Vec<String> {
        let mut ranges = Vec::new();
        if self.backend != Backend::Sqlite {
            ranges.extend(user_password(&self.raw));
        }
        ranges.extend(query_secrets(&self.raw));
        let mut secrets = Vec::new();
        for range in ranges {
            let text = &self.raw[range];
            secrets.push(text.to_owned());
            secrets.extend(String::from_utf8(percent_decode(text)));
        }
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut ranges = query_secrets(&self.raw);
        if self.backend != Backend::Sqlite {
            ranges.extend(user_password(&self.raw));
        }
        ranges.sort_by_key(|range| range.start);
        let mut at = 0;
        for range in ranges {
            if range.start >= at {
                f.write_str(&self.raw[at..range.start])?;
                f.write_str(MASK)?;
            }
            at = at.max(range.end);
        }
        f.write_str(&self.raw[at..])
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

/// A SQLite name: a path with the parameters of a `file:` URI.
#[derive(Debug)]
pub(super) struct SqliteUri {
    /// The path, decoded.
    pub(super) path: String,
    /// The parameters as written.
    pub(super) parameters: Vec<String>,
}

impl SqliteUri {
    fn read(text: &str) -> Self {
        // Diesel itself turns `sqlite://x` into `file:x`.
        let uri = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("file:"));
        let Some(uri) = uri else {
            return Self { path: text.to_owned(), parameters: Vec::new() };
        };
        let uri = uri.split_once('#').map_or(uri, |(uri, _)| uri);
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let path = match path.strip_prefix("//") {
            Some(rest) => &rest[rest.find('/').unwrap_or(rest.len())..],
            None => path,
        };
        Self {
            path: String::from_utf8_lossy(&percent_decode(path)).into_owned(),
            parameters: query.split('&').filter(|p| !p.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// Whether there is no file.
    pub(super) fn in_memory(&self) -> bool {
        self.path.is_empty()
            || self.path == ":memory:"
            || self.parameters.iter().any(|p| p == "mode=memory" || p == "vfs=memdb")
    }

    /// The name for SQLite, with one more parameter where the URL does not give it.
    #[cfg(feature = "sqlite")]
    pub(super) fn with(&self, parameter: &str) -> String {
        let key = parameter.split('=').next().unwrap_or(parameter);
        let mut parameters = self.parameters.clone();
        if !parameters.iter().any(|p| p.split('=').next() == Some(key)) {
            parameters.push(parameter.to_owned());
        }
        let file = DatabaseUrl::sqlite(std::path::Path::new(&self.path));
        format!("{}?{}", file.raw, parameters.join("&"))
    }
}

/// Where the password of `scheme://user:password@host` stands. The last `@` counts: an unencoded
/// password may hold `@`, `/` and `?`, and a secret hidden too widely is better than one shown.
fn user_password(raw: &str) -> Option<std::ops::Range<usize>> {
    let start = raw.find("://")? + 3;
    let end = start + raw[start..].rfind('@')?;
    let colon = start + raw[start..end].find(':')?;
    Some(colon + 1..end)
}

/// Where the values of secret keys stand: `?password=…&`.
fn query_secrets(raw: &str) -> Vec<std::ops::Range<usize>> {
    let lower = raw.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = lower[at..].find('=').map(|offset| at + offset) {
        let key = lower[..equals].rsplit(['&', '?', ';', ' ', '\t', '\n']).next().unwrap_or("");
        let value = equals + 1;
        at = value;
        if SECRET_KEYS.iter().any(|secret| key.contains(secret)) {
            let end = raw[value..].find(['&', ';']).map_or(raw.len(), |offset| value + offset);
            found.push(value..end);
            at = end;
        }
    }
    found
}

fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// Whether the scheme of a server stands at its end: `"postgres`, ` mysql`.
fn ends_in_server(text: &str) -> bool {
    let word = text.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(text);
    SERVERS.contains(&word)
}

/// The scheme of a server that only a colon follows.
fn without_slashes(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let scheme = scheme.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    SERVERS.contains(&scheme).then_some(scheme)
}

/// Whether `user:password@` stands behind the slashes of a SQLite URL.
fn names_server(text: &str) -> bool {
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    authority.rsplit_once('@').is_some_and(|(user, _)| user.contains(':'))
}

/// Whether a password has an `@`, which libpq takes for its end, and shows what follows as a host. A host
/// may begin with one.
fn has_two_ats(text: &str) -> bool {
    let rest = text.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let parts = authority.split_once('@').zip(authority.rsplit_once('@'));
    parts.is_some_and(|((user, after), (before, _))| {
        user.contains(':') && before.len() > user.len() && !after.starts_with('@')
    })
}

/// Whether the text is libpq's `host=… dbname=…`.
fn is_key_value(text: &str) -> bool {
    const KEYS: [&str; 7] = ["host", "hostaddr", "port", "dbname", "user", "password", "service"];
    let key = text.split_once('=').map(|(key, _)| key.trim());
    key.is_some_and(|key| KEYS.contains(&key))
}

fn is_local_host(host: &str) -> bool {
    let host = String::from_utf8_lossy(&percent_decode(host)).to_ascii_lowercase();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None if host.matches(':').count() == 1 => host.split(':').next().unwrap_or(&host),
        None => &host,
    };
    // No host, a directory and an abstract socket (`@…`) are local sockets for libpq.
    name.is_empty()
        || name == "localhost"
        || name.starts_with(['/', '@'])
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

pub(super) fn percent_decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let escape = escape.and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    decoded
}
