//! Which processes hold a lock of a SQLite file, as far as the system tells: on Linux, `/proc/locks`
//! (proc(5)) names them by the file's device and inode.

use crate::apply::driver::Driver;
use crate::model::Backend;

/// `process 4711 (python3)`, for each that keeps others from writing; for each that reads, where
/// nobody does.
pub(in crate::apply) fn of(driver: &mut dyn Driver) -> Option<String> {
    if driver.backend_kind() != Backend::Sqlite {
        return None;
    }
    // Where the whole file is locked, SQLite does not tell this either, and nobody is named.
    let path =
        driver.texts("SELECT file AS v FROM pragma_database_list WHERE name = 'main'").ok()?;
    let path = path.into_iter().flatten().find(|path| !path.is_empty())?;
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    // A WAL is locked by its index.
    let files: Vec<_> = ["", "-shm"].iter().filter_map(|end| id(&format!("{path}{end}"))).collect();
    let (writing, reading) = holders(&locks, &files, std::process::id());
    let holders = if writing.is_empty() { reading } else { writing };
    let told: Vec<_> = holders.into_iter().map(named).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// The processes with a lock for writing, and those with one for reading; not this one.
fn holders(locks: &str, files: &[String], own: u32) -> (Vec<u32>, Vec<u32>) {
    let (mut writing, mut reading) = (Vec::new(), Vec::new());
    for line in locks.lines() {
        // `1: POSIX  ADVISORY  WRITE 4711 fe:00:1234 1073741824 1073741824`; one that waits has `->`.
        let words: Vec<_> = line.split_whitespace().collect();
        let [_, "POSIX", _, kind, process, file, ..] = words[..] else { continue };
        // Processes that cannot be seen from here are 0, or -1 where the file has the lock.
        let Ok(process) = process.parse::<u32>() else { continue };
        if process == 0 || process == own || !files.iter().any(|known| known == file) {
            continue;
        }
        let list = if kind == "WRITE" { &mut writing } else { &mut reading };
        if !list.contains(&process) {
            list.push(process);
        }
    }
    (writing, reading)
}

/// The file as `/proc/locks` writes it. It is not opened: closing it again would free the locks that
/// this process has (<https://sqlite.org/howtocorrupt.html>, 2.2).
#[cfg(unix)]
fn id(path: &str) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let found = std::fs::metadata(path).ok()?;
    let device = found.dev();
    // makedev(3) of Linux.
    let major = (device >> 8) & 0xfff | (device >> 32) & !0xfff;
    let minor = device & 0xff | (device >> 12) & !0xff;
    Some(format!("{major:02x}:{minor:02x}:{}", found.ino()))
}

#[cfg(not(unix))]
fn id(_path: &str) -> Option<String> {
    None
}

fn named(process: u32) -> String {
    match std::fs::read_to_string(format!("/proc/{process}/comm")) {
        Ok(name) => format!("process {process} ({})", name.trim_end()),
        Err(_) => format!("process {process}"),
    }
}

#[cfg(test)]
mod tests {
    use super::holders;

    #[test]
    fn who_writes_comes_before_who_reads() {
        let locks = "\
1: POSIX  ADVISORY  WRITE 11 fe:00:7 1073741824 1073741824
1: -> POSIX  ADVISORY  WRITE 12 fe:00:7 1073741824 1073741824
2: POSIX  ADVISORY  READ  13 fe:00:7 1073741826 1073742335
3: POSIX  ADVISORY  READ  11 fe:00:7 1073741826 1073742335
4: FLOCK  ADVISORY  WRITE 14 fe:00:7 0 EOF
5: POSIX  ADVISORY  WRITE 15 fe:00:8 0 EOF
6: POSIX  ADVISORY  WRITE 16 fe:00:7 0 EOF
7: OFDLCK ADVISORY  WRITE -1 fe:00:7 0 EOF
8: POSIX  ADVISORY  WRITE 0 fe:00:7 0 EOF
";
        let files = ["fe:00:7".to_owned()];
        assert_eq!(holders(locks, &files, 16), (vec![11], vec![13, 11]));
    }
}
