//! What the standard says: SQL text that backends share.
