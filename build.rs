//! `embed_migrations!` in examples/app does not notice a new migration by itself; cargo does, with
//! this. It is not part of the published package, so applications neither compile nor run it.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-changed=examples/app/postgres");
}
