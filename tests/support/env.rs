//! The few variables that steer the tests.

/// The value of a variable, unless it is empty.
#[expect(
    clippy::disallowed_methods,
    reason = "tests are steered by the environment, the library is not"
)]
pub(crate) fn text(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The value of a variable as a number.
pub(crate) fn number(name: &str) -> Option<u64> {
    text(name).map(|value| value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}
