//! PgBouncer in transaction mode, in front of the tests' PostgreSQL server.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

/// A pooler; it goes when this does, and when this process does.
pub(crate) struct PgBouncer {
    port: u16,
    user: String,
    running: Option<(Child, ChildStdin)>,
    _directory: tempfile::TempDir,
}

impl PgBouncer {
    /// One that shares so many connections among all its clients.
    pub(crate) fn start(connections: usize) -> Self {
        Self::before(super::postgres::server(), connections)
    }

    /// One in front of this server.
    pub(crate) fn before(url: &str, connections: usize) -> Self {
        let (host, user) = server(url);
        let (host, port_of_server) = host.rsplit_once(':').expect("a port");
        let port = free_port();
        let directory = tempfile::tempdir().expect("a directory");
        let ini = directory.path().join("pgbouncer.ini");
        // It does not run as root.
        let switch = if is_root() { "user = nobody\n" } else { "" };
        let text = format!(
            "[databases]\n* = host={host} port={port_of_server} user={user}\n[pgbouncer]\n\
             listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n\
             pool_mode = transaction\ndefault_pool_size = {connections}\nmax_client_conn = 500\n\
             ignore_startup_parameters = extra_float_digits\n{switch}"
        );
        std::fs::write(&ini, text).expect("a file");
        open_to_all(directory.path());
        let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "pgbouncer"];
        let program = program.iter().find(|path| std::path::Path::new(path).exists());
        let script = "\"$0\" -q \"$1\" & cat >/dev/null; kill $!; wait $!";
        let mut child = Command::new("sh")
            .args(["-c", script, program.unwrap_or(&"pgbouncer")])
            .arg(&ini)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let input = child.stdin.take().expect("piped");
        let pooler = Self {
            port,
            user: user.to_owned(),
            running: Some((child, input)),
            _directory: directory,
        };
        pooler.wait();
        pooler
    }

    fn wait(&self) {
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "PgBouncer does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The same database, through the pooler.
    pub(crate) fn url(&self, direct: &str) -> String {
        let (_, database) = direct.rsplit_once('/').expect("a path");
        format!("postgres://{}@127.0.0.1:{}/{database}", self.user, self.port)
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        if let Some((mut child, input)) = self.running.take() {
            drop(input);
            let _ = child.wait();
        }
    }
}

/// Host and port, and the user, of a server.
fn server(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").expect("a URL").1;
    let (authority, _) = rest.split_once('/').expect("a path");
    let (user, host) = authority.split_once('@').expect("a user");
    (host, user.split(':').next().expect("a name"))
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id");
    output.stdout.starts_with(b"0\n")
}

fn open_to_all(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("permissions");
}
