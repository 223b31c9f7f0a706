//! Source text to model.
