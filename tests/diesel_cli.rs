//! Diesel CLI's own verbs, judged by stock Diesel CLI beside them.

mod alternate;
mod beside;
mod defects;
mod print_schema;
mod verbs;
