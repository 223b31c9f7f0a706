//! Operations to an ordered, lowered plan.
