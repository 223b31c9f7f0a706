//! A migration is run before it is written, and nothing of it stays.

use diesel::PgConnection;
use diesel::connection::Connection as _;
use glowplug::apply::prove::{self, Place, Proof, ProveError, Request};
use glowplug::backend::postgres::Postgres;
use glowplug::backend::postgres::introspect::{catalog, introspect};
use glowplug::backend::{Scope, Script};
use glowplug::connection::AnyConnection;
use glowplug::diff::diff;
use glowplug::model::{QualifiedName, Schema};
use glowplug::plan::{Fills, Plan, PlanOptions, plan};

use super::scratch::{Scratch, lines, run};

pub(super) fn prove(
    connection: PgConnection,
    from: &Schema,
    to: &Schema,
    plan: &Plan,
    place: Place,
) -> (PgConnection, Result<Proof, ProveError>) {
    let scope = Scope { schemas: vec!["audit".into()] };
    let mut any = AnyConnection::Postgres(connection);
    let request = Request {
        from,
        to,
        operations: &plan.up,
        up: &plan.up_script,
        down: &plan.down_script,
        scope: &scope,
        dialect: &Postgres,
        place,
        progress: &glowplug::apply::Progress::default(),
        lossy: false,
        irreversible: false,
        one_way: false,
        copy_limit: prove::COPY_LIMIT,
    };
    let proof = prove::prove(Some(&mut any), &request);
    match any {
        AnyConnection::Postgres(connection) => (connection, proof),
        #[allow(unreachable_patterns)]
        _ => unreachable!("it was made one"),
    }
}

const BEFORE: &str = "CREATE TABLE org (id INT PRIMARY KEY, name TEXT);
    CREATE TABLE session (id INT PRIMARY KEY, org INT REFERENCES org ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED, n INT);
    CREATE TABLE bystander (id INT PRIMARY KEY, n INT DEFAULT 1);
    INSERT INTO org VALUES (1, 'a'), (2, NULL);
    INSERT INTO session VALUES (10, 1, 5), (11, 2, NULL), (12, NULL, 7);
    INSERT INTO bystander VALUES (1, 1);";

const AFTER: &str = "CREATE TABLE org (id INT PRIMARY KEY, name VARCHAR(9) DEFAULT 'x' NOT NULL);
    CREATE TABLE session (id INT PRIMARY KEY, org INT REFERENCES org ON DELETE CASCADE
        DEFERRABLE INITIALLY DEFERRED, n INT CHECK (n < 10), plan TEXT NOT NULL);
    CREATE TABLE bystander (id INT PRIMARY KEY, n INT DEFAULT 1);";

struct Given {
    _scratch: Scratch,
    connection: PgConnection,
    from: Schema,
    to: Schema,
    plan: Plan,
}

fn read(connection: &mut PgConnection) -> Schema {
    let scope = Scope { schemas: vec!["audit".into()] };
    introspect(connection, &scope).expect("the database is read")
}

fn given(before: &str, after: &str, fills: &[(&str, &str, &str)]) -> Given {
    let (scratch, mut connection) = Scratch::with(before);
    let (_other, mut wanted) = Scratch::with(after);
    let (from, to) = (read(&mut connection), read(&mut wanted));
    let mut options = PlanOptions { fills: Fills::default(), ..PlanOptions::default() };
    for (table, column, expression) in fills {
        options.fills.insert(table, column, *expression);
    }
    let plan = plan(diff(&from, &to), &from, &to, &Postgres, &options).expect("a plan");
    Given { _scratch: scratch, connection, from, to, plan }
}

fn usual() -> Given {
    given(BEFORE, AFTER, &[("session", "plan", "'none'"), ("org", "name", "'?'")])
}

impl Given {
    /// Proves, and holds the database to being what it was.
    fn prove(self, place: Place) -> Result<Proof, ProveError> {
        let Self { _scratch, mut connection, from, to, plan } = self;
        let before = (catalog(&mut connection).expect("read"), dump(&mut connection));
        let (mut connection, proof) = prove(connection, &from, &to, &plan, place);
        let after = (catalog(&mut connection).expect("read"), dump(&mut connection));
        assert_eq!(after, before, "nothing of the proof stays");
        let settings = "SELECT current_setting('lock_timeout'), current_setting('search_path')";
        assert_eq!(lines(&mut connection, settings), ["(0,\"\"\"$user\"\", public\")"]);
        proof
    }

    fn with_up(mut self, change: impl Fn(&str) -> String) -> Self {
        let sql = change(&self.plan.up_script.sql);
        self.plan.up_script = Script { sql, run_in_transaction: true };
        self
    }

    fn with_down(mut self, change: impl Fn(&str) -> String) -> Self {
        let sql = change(&self.plan.down_script.sql);
        self.plan.down_script = Script { sql, run_in_transaction: true };
        self
    }
}

fn dump(connection: &mut PgConnection) -> Vec<Vec<String>> {
    ["org", "session", "bystander"]
        .map(|table| {
            match lines(connection, &format!("SELECT to_regclass('{table}')"))[0].as_str() {
                "()" => Vec::new(),
                _ => lines(connection, &format!("SELECT * FROM {table} ORDER BY 1")),
            }
        })
        .into()
}

#[test]
fn a_good_migration_is_proven_on_the_real_rows() {
    let proof = usual().prove(Place::Nearest).expect("it is good");
    assert_eq!((proof.place.as_str(), proof.rows), ("the database itself", 5));
    assert_eq!(proof.limits, Vec::<String>::new());
}

#[test]
fn a_scratch_schema_stands_for_the_real_one() {
    let proof = usual().prove(Place::Scratch).expect("it is good");
    assert_eq!((proof.place.as_str(), proof.rows), ("a scratch schema", 0));
    assert_eq!(proof.limits, ["The tables of the proof held no rows."]);
    // What fails on rows only is not found there, and what fails anywhere is.
    let error = usual().with_up(|sql| format!("{sql} SELECT 1/0;")).prove(Place::Scratch);
    assert_eq!(error.expect_err("it fails").to_string(), "up.sql fails: division by zero");

    let qualified = given(
        "CREATE SCHEMA audit; CREATE TABLE audit.event (id INT);",
        "CREATE SCHEMA audit; CREATE TABLE audit.event (id INT, n INT);",
        &[],
    );
    let error = qualified.prove(Place::Scratch).expect_err("it has a schema");
    assert_eq!(
        error.to_string(),
        "the proof could not run: `audit.event` stands in a schema of its own, which a scratch \
         schema cannot stand for"
    );
}

#[test]
fn a_statement_that_fails_is_told() {
    // Without a fill, the rows that are there stop it.
    let bare = given(BEFORE, AFTER, &[("session", "plan", "'none'")]);
    let error = bare.prove(Place::Live).expect_err("it fails");
    assert_eq!(
        error.to_string(),
        "up.sql fails: column \"name\" of relation \"org\" contains null values"
    );
    let error = usual().with_down(|_| "DROP TABLE nothing;".into()).prove(Place::Live);
    assert_eq!(
        error.expect_err("it fails").to_string(),
        "down.sql after up.sql fails: table \"nothing\" does not exist"
    );
}

#[test]
fn what_the_plan_does_not_name_must_stay() {
    let error = usual()
        .with_up(|sql| format!("{sql} ALTER TABLE bystander ALTER n DROP DEFAULT;"))
        .prove(Place::Live);
    // Introspection sees it as well, and first.
    let message = error.expect_err("it is seen").to_string();
    assert!(message.starts_with("after up.sql, the database differs"), "{message}");
    // What introspection does not see, the catalog does.
    let error = usual()
        .with_up(|sql| format!("{sql} ALTER TABLE bystander ENABLE ROW LEVEL SECURITY;"))
        .prove(Place::Live);
    assert_eq!(
        error.expect_err("it is seen").to_string(),
        "up.sql changes table `bystander`, which the plan does not name"
    );
}

#[test]
fn down_must_give_back_the_old_catalog_and_rows() {
    let error = usual()
        .with_down(|sql| format!("{sql} COMMENT ON TABLE session IS 'left';"))
        .prove(Place::Live);
    assert_eq!(
        error.expect_err("it is seen").to_string(),
        "after down.sql after up.sql, the database differs from what was wanted: \
         table `session` was `r p d`; table `session` is `r p d COMMENT left`"
    );
    let error = usual().with_down(|sql| format!("{sql} UPDATE session SET n = 1;"));
    assert_eq!(
        error.prove(Place::Live).expect_err("it is seen").to_string(),
        "down.sql after up.sql changes rows of `session` in columns that the change keeps; there \
         were 3 rows, there are 3"
    );
    let error = usual().with_up(|sql| format!("{sql} DELETE FROM org WHERE id = 2;"));
    let message = error.prove(Place::Live).expect_err("it is seen").to_string();
    assert!(message.starts_with("up.sql changes rows of `org`"), "{message}");
}

#[test]
fn checks_that_a_commit_would_run_are_run() {
    let broken = usual()
        .with_up(|sql| format!("{sql} INSERT INTO session (id, org, plan) VALUES (99, 77, 'x');"));
    let message = broken.prove(Place::Live).expect_err("no such org").to_string();
    assert!(message.contains("violates foreign key constraint"), "{message}");

    // A down.sql of its own transaction would find deferred checks pending, and so it does here.
    let pending = usual().with_down(|sql| {
        format!("UPDATE session SET org = 1 WHERE org = 2; ALTER TABLE session ADD x INT; {sql}")
    });
    let message = pending.prove(Place::Live).expect_err("events are pending").to_string();
    assert_eq!(
        message,
        "down.sql after up.sql fails: cannot ALTER TABLE \"session\" because it has pending trigger \
         events"
    );
}

#[test]
fn a_preview_is_read_and_taken_back() {
    let (_scratch, connection) = Scratch::with(BEFORE);
    let mut any = AnyConnection::Postgres(connection);
    let statements = ["ALTER TABLE org RENAME TO company;".to_owned()];
    let schema = prove::preview(&mut any, &statements, &Scope::default()).expect("it runs");
    assert!(schema.tables.contains_key(&QualifiedName::new("company")));
    let session = &schema.tables[&QualifiedName::new("session")];
    assert_eq!(session.foreign_keys[0].foreign_table, QualifiedName::new("company"));
    let again = prove::preview(&mut any, &[], &Scope::default()).expect("it runs");
    assert!(again.tables.contains_key(&QualifiedName::new("org")));
}

#[test]
fn a_rename_is_proven_with_what_it_changes_elsewhere() {
    let (_scratch, mut connection) = Scratch::with(
        "CREATE TABLE org (id INT PRIMARY KEY, n INT);
        CREATE TABLE session (org INT REFERENCES org);
        CREATE VIEW v AS SELECT id, n FROM org;
        INSERT INTO org VALUES (1, 2); INSERT INTO session VALUES (1);",
    );
    let renames = vec![
        glowplug::diff::Operation::RenameTable { from: "org".into(), to: "company".into() },
        glowplug::diff::Operation::RenameColumn {
            table: "company".into(),
            from: "n".into(),
            to: "size".into(),
        },
    ];
    let live = read(&mut connection);
    let mut any = AnyConnection::Postgres(connection);
    let sql = [
        "ALTER TABLE org RENAME TO company".to_owned(),
        "ALTER TABLE company RENAME n TO size".to_owned(),
    ];
    let from = prove::preview(&mut any, &sql, &Scope::default()).expect("it runs");
    let AnyConnection::Postgres(connection) = any else { unreachable!("it was made one") };
    assert_ne!(live, from);
    let mut to = from.clone();
    let table = to.tables.get_mut(&QualifiedName::new("company")).expect("company");
    table.columns[1].default = Some("3".into());
    let options = PlanOptions { renames, ..PlanOptions::default() };
    let plan = plan(diff(&from, &to), &from, &to, &Postgres, &options).expect("a plan");
    let (_connection, proof) = prove(connection, &from, &to, &plan, Place::Live);
    assert_eq!(proof.expect("it is good").rows, 1);
}

#[test]
fn a_role_that_may_create_no_database_can_prove() {
    let Given { _scratch, mut connection, from, to, plan } = usual();
    let role = format!("glowplug_prover_{}", std::process::id());
    // The role goes with the transaction; it never exists for anybody else.
    let mut kept = None;
    let ended: diesel::QueryResult<()> = connection.transaction(|connection| {
        run(
            connection,
            &format!(
                "SET CONSTRAINTS ALL IMMEDIATE; CREATE ROLE {role};
                ALTER TABLE org OWNER TO {role}; ALTER TABLE session OWNER TO {role};
                ALTER TABLE bystander OWNER TO {role};
                GRANT ALL ON SCHEMA public TO {role}; SET LOCAL ROLE {role};"
            ),
        );
        let fresh = Scratch::new().connect();
        let own = std::mem::replace(connection, fresh);
        let (own, proof) = prove(own, &from, &to, &plan, Place::Live);
        *connection = own;
        kept = Some(proof);
        Err(diesel::result::Error::RollbackTransaction)
    });
    ended.expect_err("it is rolled back");
    assert_eq!(kept.expect("it ran").expect("it is good").rows, 5);
}
