//! The `glowplug` command.
fn main() {}
