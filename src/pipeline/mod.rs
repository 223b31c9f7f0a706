//! From models and a database to files, step by step.
