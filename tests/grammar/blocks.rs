//! `ddl!` before and after its table, many times, and a table that no `ddl!` names.

glowplug::ddl! {
    table early { note: default "'early'"; }
}

diesel::table! { early (id) { id -> Integer, note -> Text } }
diesel::table! { silent (id) { id -> Integer } }
diesel::table! { empty (id) { id -> Integer } }

glowplug::ddl! {}

glowplug::ddl! {
    table early { index (note); }
    table crate::parse::examples::blocks::early { unique (note); }
    table empty {}
}
