//! The error of the library.

/// What went wrong.
#[derive(Debug)]
pub struct Error;
