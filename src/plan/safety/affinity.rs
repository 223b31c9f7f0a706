//! What SQLite makes of a declared type.

/// SQLite's affinity of a declared type (<https://www.sqlite.org/datatype3.html>, 3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Affinity {
    /// `INT` in it.
    Integer,
    /// `CHAR`, `CLOB` or `TEXT` in it.
    Text,
    /// `BLOB` in it, or no type: values stay as they are.
    Blob,
    /// `REAL`, `FLOA` or `DOUB` in it.
    Real,
    /// Anything else.
    Numeric,
}

impl Affinity {
    /// The affinity of a declared type.
    pub(crate) fn of(declared: &str) -> Self {
        const WORDS: [(&str, Affinity); 8] = [
            ("INT", Affinity::Integer),
            ("CHAR", Affinity::Text),
            ("CLOB", Affinity::Text),
            ("TEXT", Affinity::Text),
            ("BLOB", Affinity::Blob),
            ("REAL", Affinity::Real),
            ("FLOA", Affinity::Real),
            ("DOUB", Affinity::Real),
        ];
        let declared = declared.to_ascii_uppercase();
        if declared.trim().is_empty() {
            return Self::Blob;
        }
        let found = WORDS.iter().find(|(word, _)| declared.contains(word));
        found.map_or(Self::Numeric, |(_, affinity)| *affinity)
    }

    /// Whether each value of this affinity keeps its meaning under the other one.
    pub(super) fn fits(self, to: Self) -> bool {
        match (self, to) {
            // Kept as it is: by a column without conversion, or by a number of any kind; and `1`
            // becomes `'1'`.
            (_, Self::Blob)
            | (Self::Integer | Self::Real | Self::Numeric, Self::Numeric)
            | (Self::Integer | Self::Text, Self::Text)
            | (Self::Integer, Self::Integer)
            | (Self::Real, Self::Real) => true,
            // A text may be no number, a REAL loses digits, and a NUMERIC may be either.
            (Self::Text | Self::Blob | Self::Real | Self::Numeric, Self::Integer)
            | (Self::Text | Self::Blob | Self::Integer | Self::Numeric, Self::Real)
            | (Self::Text | Self::Blob, Self::Numeric)
            | (Self::Blob | Self::Real | Self::Numeric, Self::Text) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affinities_by_the_words_in_the_declared_type() {
        for (declared, affinity) in [
            ("INTEGER", Affinity::Integer),
            ("tinyint", Affinity::Integer),
            ("CHARINT", Affinity::Integer),
            ("VARCHAR(20)", Affinity::Text),
            ("CLOB", Affinity::Text),
            ("", Affinity::Blob),
            ("BLOB", Affinity::Blob),
            ("DOUBLE PRECISION", Affinity::Real),
            ("TIMESTAMP", Affinity::Numeric),
            ("BOOLEAN", Affinity::Numeric),
            ("DECIMAL(10,5)", Affinity::Numeric),
        ] {
            assert_eq!(Affinity::of(declared), affinity, "{declared}");
        }
    }
}
