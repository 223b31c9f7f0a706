//! MariaDB and MySQL differ: whoever needs to know asks here, never for a version.

/// Which of the two servers it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flavor {
    /// MariaDB 10.6 and later; what the tests run.
    #[default]
    MariaDb,
    /// MySQL 8.0.19 and later.
    MySql,
}

impl Flavor {
    /// By what `VERSION()` says: MariaDB names itself.
    ///
    /// ```
    /// use glowplug::backend::mysql::Flavor;
    ///
    /// assert_eq!(Flavor::of("10.11.6-MariaDB-0+deb12u1"), Flavor::MariaDb);
    /// assert_eq!(Flavor::of("8.0.36"), Flavor::MySql);
    /// ```
    #[must_use]
    pub fn of(version: &str) -> Self {
        if version.to_ascii_lowercase().contains("mariadb") { Self::MariaDb } else { Self::MySql }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        }
    }

    /// `COLUMN_DEFAULT` is SQL (MariaDB 10.2.7); MySQL gives a literal's bare text, and says
    /// `DEFAULT_GENERATED` of an expression.
    pub(super) fn tells_defaults_as_sql(self) -> bool {
        self == Self::MariaDb
    }

    /// `JSON` is a `longtext` with a check (MariaDB); MySQL has a type.
    pub(super) fn json_is_a_checked_text(self) -> bool {
        self == Self::MariaDb
    }

    /// An expression may be indexed (MySQL 8.0.13). MariaDB indexes a generated column instead.
    pub(super) fn indexes_expressions(self) -> bool {
        self == Self::MySql
    }

    /// The word for an index that the optimizer does not use: MySQL 8.0, MariaDB 10.6.
    pub(super) fn word_for_unused_index(self) -> &'static str {
        match self {
            Self::MariaDb => "IGNORED",
            Self::MySql => "INVISIBLE",
        }
    }

    /// `CHECK` may stand with a column, and goes with its definition (MariaDB). MySQL keeps every
    /// check with the table.
    pub(super) fn keeps_checks_with_columns(self) -> bool {
        self == Self::MariaDb
    }

    /// `DROP COLUMN … ALGORITHM = INSTANT`: MariaDB 10.4; MySQL has it only since 8.0.29.
    pub(super) fn drops_columns_at_once(self) -> bool {
        self == Self::MariaDb
    }
}
