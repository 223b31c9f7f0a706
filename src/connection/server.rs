//! The databases of a server.

use super::url::percent_decode;
use super::{ConnectionError, DatabaseUrl};
use crate::model::Backend;

impl DatabaseUrl {
    /// The same server, another database.
    ///
    /// # Errors
    /// When the name makes no URL.
    pub fn on_database(&self, name: &str) -> Result<Self, ConnectionError> {
        let (authority, query) = self.authority_and_query();
        let scheme = self.secret_text().split("://").next().unwrap_or_default();
        // `dbname` in the query would win over the path.
        let query: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("dbname"))
            .collect();
        let mark = if query.is_empty() { "" } else { "?" };
        Self::parse(&format!("{scheme}://{authority}/{name}{mark}{}", query.join("&")))
    }

    /// Of a server: the database that is named, if one is.
    #[must_use]
    pub fn database_name(&self) -> Option<String> {
        if self.backend() == Backend::Sqlite {
            return None;
        }
        let (authority, query) = self.authority_and_query();
        let by_query = query.split('&').find_map(|pair| pair.strip_prefix("dbname="));
        let rest = self.secret_text().split_once("://").map_or("", |(_, rest)| rest);
        let path = rest[authority.len()..].split('?').next().unwrap_or_default();
        let name = by_query.unwrap_or(path.trim_start_matches('/'));
        String::from_utf8(percent_decode(name)).ok().filter(|name| !name.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use crate::connection::DatabaseUrl;

    #[test]
    fn the_server_stays_and_the_database_changes() {
        for (url, expected) in [
            ("postgres://u:p@h:5/app", "postgres://u:p@h:5/s"),
            ("postgres://h", "postgres://h/s"),
            ("postgresql:///app?host=/run&dbname=x", "postgresql:///s?host=/run"),
            ("mysql://u:p/q@h/app?a=b&c", "mysql://u:p/q@h/s?a=b&c"),
        ] {
            let url = DatabaseUrl::parse(url).unwrap();
            assert_eq!(url.on_database("s").unwrap().secret_text(), expected);
        }
    }

    #[test]
    fn the_database_of_a_server_has_a_name() {
        for (url, expected) in [
            ("postgres://u:p@h:5/app", Some("app")),
            ("postgres://h/odd%20name?sslmode=require", Some("odd name")),
            ("postgresql:///app?host=/run&dbname=x", Some("x")),
            ("postgres://h", None),
            ("postgres://h/", None),
            ("mysql://u:p/q@h/app", Some("app")),
            ("app.sqlite", None),
        ] {
            let url = DatabaseUrl::parse(url).unwrap();
            assert_eq!(url.database_name().as_deref(), expected, "{url}");
        }
    }
}
