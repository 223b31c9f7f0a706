//! Operations to an ordered, lowered plan.

pub mod safety;
