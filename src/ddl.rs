//! The `ddl!` macro.
#[doc(hidden)]
pub mod words {}
