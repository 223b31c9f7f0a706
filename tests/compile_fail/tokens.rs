//! What is no clause at all is refused by the macro itself, clause by clause.

mod a { use crate::schema::*; glowplug::ddl! { table session { id identity } } } //~ - (end)
mod b { use crate::schema::*; glowplug::ddl! { table session { id = identity; } } } //~ - id
mod c { use crate::schema::*; glowplug::ddl! { table session { id: ; } } } //~ - ;
mod d { use crate::schema::*; glowplug::ddl! { table session { index (email "lower(x)"); } } } //~ - "lower(x)"
mod e { use crate::schema::*; glowplug::ddl! { table session { email: default true; } } } //~ - true
mod f { use crate::schema::*; glowplug::ddl! { table session { #[cfg(test)] id: identity; } } } //~ - cfg
mod g { use crate::schema::*; glowplug::ddl! { table session { index (email) where; } } } //~ - glowplug
mod h { use crate::schema::*; glowplug::ddl! { table session { email: type; } } } //~ - glowplug
mod i { use crate::schema::*; glowplug::ddl! { enum mood (sad, ok); } } //~ - glowplug
mod j { use crate::schema::*; glowplug::ddl! { table session { email: default { sqlite x }; } } } //~ - x
