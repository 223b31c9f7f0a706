//! Resolves what models leave open against a database.
