//! Who may know whom: the rooms of `src`, from the ground up, and what only one of them may do.

use std::collections::BTreeSet;

use super::sources::{Source, find};

/// A room and what it may name of the crate: a room, or one item of a room.
struct Room {
    name: &'static str,
    knows: &'static [&'static str],
}

/// From the ground up; whatever is not listed is a mistake in the direction, or a change of the design.
const ROOMS: &[Room] = &[
    Room { name: "model", knows: &[] },
    Room { name: "ddl", knows: &[] },
    Room { name: "connection", knows: &["model"] },
    Room { name: "diff", knows: &["model"] },
    Room { name: "backend", knows: &["model", "diff", "connection"] },
    Room { name: "parse", knows: &["model", "backend::Backend", "backend::ident"] },
    Room { name: "print_schema", knows: &["backend", "connection"] },
    Room { name: "pull", knows: &["model", "backend", "print_schema::names"] },
    Room { name: "plan", knows: &["model", "diff", "backend"] },
    Room { name: "files", knows: &["model", "backend::Script"] },
    Room { name: "apply", knows: &["model", "diff", "backend", "connection", "plan", "files"] },
    Room { name: "error", knows: &["connection", "backend", "files", "apply"] },
    Room {
        name: "pipeline",
        knows: &["model", "parse", "diff", "backend", "connection", "plan", "files", "apply"],
    },
    Room {
        name: "cli",
        knows: &[
            "model",
            "parse",
            "pull",
            "print_schema",
            "diff",
            "backend",
            "connection",
            "plan",
            "files",
            "apply",
            "pipeline",
            "error",
        ],
    },
];

/// The names of the crate that stand in a file: `backend`, `backend::Backend`, one entry each.
fn named(source: &Source) -> BTreeSet<String> {
    let words = source.words();
    let mut names = BTreeSet::new();
    for place in find(&words, &["crate", ":", ":"]) {
        // `$crate` in a macro is the caller's business; `pub(in crate::…)` names no one else.
        if place > 0 && (words[place - 1] == "$" || words[place - 1] == "in") {
            continue;
        }
        collect(&words, place + 3, "", &mut names);
    }
    names
}

/// Reads one path, or a group of them, from `place` on; tells where it ends.
fn collect(words: &[String], place: usize, prefix: &str, names: &mut BTreeSet<String>) -> usize {
    let depth = prefix.split("::").filter(|part| !part.is_empty()).count();
    if words[place] == "{" {
        let mut at = place + 1;
        while words[at] != "}" {
            at = if words[at] == "," { at + 1 } else { collect(words, at, prefix, names) };
        }
        return at + 1;
    }
    let name = if prefix.is_empty() {
        words[place].clone()
    } else {
        format!("{prefix}::{}", words[place])
    };
    let goes_on = words.get(place + 1).is_some_and(|word| word == ":")
        && words.get(place + 2).is_some_and(|word| word == ":");
    if goes_on && depth == 0 {
        return collect(words, place + 3, &name, names);
    }
    // Two parts are enough to judge by; what is below them is skipped.
    names.insert(name);
    skip(words, place + 1)
}

/// The end of a path whose first words were read: past `::a::{b, c}` and ` as d`.
fn skip(words: &[String], mut at: usize) -> usize {
    let is = |at: usize, word: &str| words.get(at).is_some_and(|it| it == word);
    while is(at, ":") && is(at + 1, ":") {
        at += 2;
        if is(at, "{") {
            let mut open = 0_usize;
            loop {
                open += usize::from(is(at, "{"));
                open -= usize::from(is(at, "}"));
                at += 1;
                if open == 0 {
                    break;
                }
            }
        } else {
            at += 1;
        }
    }
    if is(at, "as") { at + 2 } else { at }
}

#[test]
fn rooms_know_only_the_rooms_below_them() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        let room = source.room();
        if room.is_empty() || room == "main" {
            continue;
        }
        let Some(Room { knows, .. }) = ROOMS.iter().find(|it| it.name == room) else {
            wrong.push(format!("{} is in a room that is not listed", source.path));
            continue;
        };
        for name in named(&source) {
            let target = name.split("::").next().unwrap_or_default();
            let allowed = target == room || knows.contains(&target) || knows.contains(&&*name);
            if !allowed {
                wrong.push(format!("{} names crate::{name}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "edges that the design does not know:\n{}", wrong.join("\n"));
}

#[test]
fn the_rooms_have_a_ground() {
    for (place, room) in ROOMS.iter().enumerate() {
        for known in room.knows.iter().filter(|known| !known.contains("::")) {
            let below = ROOMS[..place].iter().any(|it| it.name == *known);
            assert!(below, "`{}` knows `{known}`, which is not below it", room.name);
        }
    }
}

#[test]
fn the_page_of_the_crate_shows_every_room() {
    let page = super::sources::read("src/lib.rs");
    for Room { name, .. } in ROOMS.iter().filter(|room| !["ddl", "error"].contains(&room.name)) {
        assert!(page.contains(&format!("//! | `{name}` | ")), "src/lib.rs does not show `{name}`");
    }
}

#[test]
fn no_path_climbs_out_of_its_room() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        let words = source.words();
        let depth = source.modules().len();
        // One inner module, such as `mod tests`, is allowed for.
        let climb: Vec<&str> = ["super", ":", ":"].repeat(depth + 1);
        if depth > 0 && !find(&words, &climb).is_empty() {
            wrong.push(source.path);
        }
    }
    assert!(wrong.is_empty(), "paths of `super::` that leave their room: {wrong:?}");
}

/// Words that only some files may say, and why.
struct Reserved {
    words: &'static [&'static str],
    files: &'static [&'static str],
    why: &'static str,
}

/// Where a database client is needed.
const CLIENTS: &[&str] = &[
    "src/connection/",
    "src/backend/mod.rs",
    "src/backend/live.rs",
    "src/backend/sqlite/mod.rs",
    "src/backend/postgres/mod.rs",
    "src/backend/mysql/mod.rs",
    "src/print_schema/mod.rs",
    "src/apply/",
];

const CLIENTS_ONLY: &str =
    "all renderers compile in every build; only what needs a client asks for one";

const RESERVED: &[Reserved] = &[
    Reserved {
        words: &["println", "!"],
        files: &["src/cli/ui.rs"],
        why: "the library never prints",
    },
    Reserved {
        words: &["eprintln", "!"],
        files: &["src/cli/ui.rs"],
        why: "the library never prints",
    },
    Reserved { words: &["print", "!"], files: &["src/cli/ui.rs"], why: "the library never prints" },
    Reserved {
        words: &["eprint", "!"],
        files: &["src/cli/ui.rs"],
        why: "the library never prints",
    },
    Reserved { words: &["stdout", "("], files: &["src/cli/"], why: "the library never prints" },
    Reserved { words: &["stderr", "("], files: &["src/cli/"], why: "the library never prints" },
    Reserved { words: &["stdin", "("], files: &["src/cli/"], why: "the library never asks" },
    Reserved {
        words: &["env", ":", ":", "var"],
        files: &["src/cli/config.rs"],
        why: "one file reads the environment",
    },
    Reserved {
        words: &["env", ":", ":", "var_os"],
        files: &["src/cli/config.rs"],
        why: "one file reads the environment",
    },
    Reserved {
        words: &["env", ":", ":", "vars"],
        files: &["src/cli/config.rs"],
        why: "one file reads the environment",
    },
    Reserved {
        words: &["process", ":", ":", "exit"],
        files: &["src/cli/", "src/main.rs"],
        why: "the library never exits",
    },
    Reserved { words: &["feature", "=", "\"sqlite\""], files: CLIENTS, why: CLIENTS_ONLY },
    Reserved { words: &["feature", "=", "\"postgres\""], files: CLIENTS, why: CLIENTS_ONLY },
    Reserved { words: &["feature", "=", "\"mysql\""], files: CLIENTS, why: CLIENTS_ONLY },
];

#[test]
fn what_one_place_does_no_other_does() {
    let mut wrong = Vec::new();
    for source in Source::all() {
        let words = source.words();
        for Reserved { words: reserved, files, why } in RESERVED {
            let allowed = files.iter().any(|file| source.path.starts_with(file));
            if !allowed && !find(&words, reserved).is_empty() {
                wrong.push(format!("{}: `{}`: {why}", source.path, reserved.concat()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_backend_has_the_same_files() {
    let needed = ["introspect", "mod", "normalize", "render", "types"];
    for backend in ["sqlite", "postgres"] {
        for name in needed {
            let found = Source::all().iter().any(|source| {
                source.path == format!("src/backend/{backend}/{name}.rs")
                    || source.path == format!("src/backend/{backend}/{name}/mod.rs")
            });
            assert!(found, "src/backend/{backend} has no {name}");
        }
    }
}

#[test]
fn every_module_of_files_says_what_it_is() {
    let silent: Vec<_> = Source::all()
        .into_iter()
        .map(|source| source.path)
        .filter(|path| path.ends_with("/mod.rs") || path.matches('/').count() == 1)
        .filter(|path| !super::sources::read(path).starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "files without a first line of documentation: {silent:?}");
}

/// The check itself: what it reads in a line, so that it cannot hold by reading nothing.
#[test]
fn the_names_of_the_crate_are_read() {
    let source = Source {
        path: "src/plan/order.rs".to_owned(),
        tokens: "use crate::{model::{Table, Column}, diff::Operation as Op};
            use crate::backend::sqlite::splice::Slices; /* crate::cli */
            fn f() { crate::files::Version::new(); $crate::words::x }"
            .parse()
            .expect("these are tokens"),
    };
    let names: Vec<String> = named(&source).into_iter().collect();
    assert_eq!(
        names,
        ["backend::sqlite", "diff::Operation", "files::Version", "model::Column", "model::Table"]
    );
    assert_eq!(source.room(), "plan");
}
