//! The version of an engine that is a library: the application that runs a migration links its own.

use std::str::FromStr;

/// A version, as `3.35`; what follows the second number makes no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EngineVersion {
    /// The first number.
    pub major: u32,
    /// The second one.
    pub minor: u32,
}

impl FromStr for EngineVersion {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.split('.').map(str::parse);
        let (major, minor) = (numbers.next(), numbers.next());
        let version =
            Self { major: major.unwrap_or(Ok(0))?, minor: minor.unwrap_or_else(|| "".parse())? };
        numbers.try_for_each(|number| number.map(drop))?;
        Ok(version)
    }
}

#[cfg(test)]
mod tests {
    use super::EngineVersion;

    #[test]
    fn a_version_is_two_numbers_or_more() {
        assert_eq!("3.35.5".parse(), Ok(EngineVersion { major: 3, minor: 35 }));
        assert!(EngineVersion { major: 3, minor: 9 } < EngineVersion { major: 3, minor: 26 });
        for text in ["", "3", "3.", "3.x", "v3.35", "3.35.", "3.35-1"] {
            assert!(text.parse::<EngineVersion>().is_err(), "{text}");
        }
    }
}
