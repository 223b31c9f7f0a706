//! The stored CREATE text, read in slices.
