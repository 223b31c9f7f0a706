//! PostgreSQL: reading a live server, and what is rendered for it, judged by the server's own text.

#![cfg(feature = "postgres")]

mod canonical;
mod changes;
mod defects;
mod definitions;
mod eighteen;
mod introspect;
mod kinds;
mod prove;
mod random;
mod render;
mod schemas;
mod scratch;
