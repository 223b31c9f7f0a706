//! Hazards and the probes that count them, on live databases.

mod conversion;
mod probes;
mod scratch;
