//! glowplug's frame around a rebuild of SQLite tables: two transactions, run as one.

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{Outcome, Revert};

use super::support::{Migrations, Scratch, assert_usable, query};

const FRAME: &str = include_str!("rebuild.sql");

const SETUP: &str = "
CREATE TABLE org (id INTEGER PRIMARY KEY);
CREATE TABLE audit (id INTEGER, what TEXT);
CREATE TABLE session (id INTEGER PRIMARY KEY AUTOINCREMENT, org_id INTEGER REFERENCES org(id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES session(id) ON DELETE CASCADE, email TEXT COLLATE NOCASE, qty INTEGER,
    doubled AS (qty * 2) STORED, CHECK (qty > 0));
CREATE INDEX session_email ON session (email) WHERE email IS NOT NULL;
CREATE TRIGGER session_ins AFTER INSERT ON session BEGIN INSERT INTO audit VALUES (NEW.id, 'ins'); END;
CREATE TRIGGER session_del AFTER DELETE ON session BEGIN INSERT INTO audit VALUES (OLD.id, 'del'); END;
CREATE TABLE message (id INTEGER PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE);
INSERT INTO org VALUES (1);
INSERT INTO session (id, org_id, qty) VALUES (1, 1, 5), (9, 1, 6);
INSERT INTO message VALUES (1, 1), (2, 9);
DELETE FROM audit;
";

const ROWS: &str = "SELECT (SELECT group_concat(id || ':' || qty) FROM session) || '/' || \
    (SELECT count(*) FROM message) || '/' || (SELECT count(*) FROM audit) AS v";

/// The database before the rebuild, and its migrations; down.sql is the frame as well.
fn before() -> (Scratch, Migrations) {
    let (scratch, migrations) = (Scratch::sqlite(), Migrations::of(&[("1_a", SETUP)]));
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    migrations.add_outside("2_b", FRAME, FRAME);
    (scratch, migrations)
}

#[test]
fn runs_as_one_and_puts_the_settings_back() {
    for foreign_keys in ["ON", "OFF"] {
        let (scratch, migrations) = before();
        let mut connection = scratch.open();
        let set = format!("PRAGMA foreign_keys = {foreign_keys}; PRAGMA legacy_alter_table = ON");
        connection.batch_execute(&set).expect("set");
        migrations.manager().apply(&mut connection).expect("applied");
        let settings = "SELECT foreign_keys || (SELECT legacy_alter_table FROM pragma_legacy_alter_table) AS v FROM pragma_foreign_keys";
        let expected = if foreign_keys == "ON" { "11" } else { "01" };
        assert_eq!(query(&mut connection, settings), [expected]);
        assert_eq!(scratch.ask(ROWS), "1:5,9:6/2/0");
        assert!(scratch.catalog().contains("qty INTEGER NOT NULL"));
        assert_eq!(scratch.applied(), ["1", "2"]);
        let steps =
            "SELECT state || ' ' || (step = steps) FROM __glowplug_history WHERE version = '2'";
        assert_eq!(scratch.ask(steps), "applied 1");
        assert_usable(&scratch, &mut connection);

        let report =
            migrations.manager().revert(&mut connection, Revert::Last(1)).expect("reverted");
        assert_eq!(report.reverted.len(), 1);
        assert_eq!(scratch.applied(), ["1"]);
        assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_history"), "1");
        assert_eq!(scratch.ask(ROWS), "1:5,9:6/2/0");
        assert_eq!(query(&mut connection, settings), [expected]);
    }
}

#[test]
fn a_failure_in_either_transaction_leaves_nothing() {
    for (hindrance, part, line) in [
        ("INSERT INTO session (id, qty) VALUES (20, NULL)", "holds NULL or text", Some(16)),
        ("CREATE INDEX unknown ON session (qty)", "does not know", Some(12)),
        // Found only in the second transaction, with foreign keys off.
        ("CREATE TABLE __glowplug_new_session (x)", "already exists", Some(34)),
    ] {
        for foreign_keys in [1, 0] {
            let (scratch, migrations) = before();
            scratch.ask(hindrance);
            let (catalog, rows) = (scratch.catalog(), scratch.ask(ROWS));
            let everything = "SELECT count(*) FROM sqlite_schema";
            let objects = scratch.ask(everything);
            let mut connection = scratch.open();
            connection
                .batch_execute(&format!("PRAGMA foreign_keys = {foreign_keys}"))
                .expect("set");
            let error = migrations.manager().apply(&mut connection).expect_err("fails");
            assert!(error.to_string().contains(part), "{error}");
            let failure = error.failure().expect("a failure");
            assert_eq!(failure.outcome, Outcome::RolledBack);
            assert_eq!(failure.statement.as_ref().map(|statement| statement.line), line);
            assert_eq!((scratch.catalog(), scratch.ask(ROWS)), (catalog, rows));
            assert_eq!(scratch.ask(everything), objects);
            assert_eq!(scratch.applied(), ["1"]);
            assert_eq!(scratch.ask("SELECT count(*) FROM __glowplug_history"), "1");
            let now = "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys";
            assert_eq!(query(&mut connection, now), [foreign_keys.to_string()]);
            let leftover = "SELECT CAST(count(*) AS TEXT) AS v FROM temp.sqlite_schema";
            assert_eq!(query(&mut connection, leftover), ["0"]);
            assert_usable(&scratch, &mut connection);
        }
    }
}

/// Both rows are in the transaction of the swap: there is no state in between to be killed in.
#[test]
fn the_rows_are_written_with_the_swap() {
    let (scratch, migrations) = before();
    scratch.ask(
        "CREATE TRIGGER late BEFORE INSERT ON __glowplug_history WHEN NEW.version = '2' \
         BEGIN SELECT RAISE(FAIL, 'at the very end'); END",
    );
    let catalog = scratch.catalog();
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("fails");
    assert!(error.to_string().contains("at the very end"), "{error}");
    assert_eq!(scratch.catalog(), catalog);
    assert_eq!(scratch.applied(), ["1"]);
    assert_usable(&scratch, &mut connection);
}

/// Without the header it is a migration like any other, with marks in between.
#[test]
fn a_frame_that_was_written_by_hand_has_a_journal() {
    let (scratch, migrations) = before();
    let by_hand = FRAME.replacen("-- glowplug: rebuild\n", "", 1);
    let broken = by_hand.replacen("DROP TABLE \"session\";", "DROP TABLE nowhere;", 1);
    migrations.add_outside("2_b", &broken, "SELECT 1;");
    let mut connection = scratch.open();
    connection.batch_execute("PRAGMA foreign_keys = ON").expect("set");
    let error = migrations.manager().apply(&mut connection).expect_err("fails");
    assert_eq!(error.failure().expect("a failure").outcome, Outcome::Kept { done: 7, of: 28 });
    migrations.add_outside("2_b", &by_hand, "SELECT 1;");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.ask(ROWS), "1:5,9:6/2/0");
    assert_eq!(scratch.applied(), ["1", "2"]);
}

const FAMILY: &str = "CREATE TABLE parent (id INTEGER PRIMARY KEY);
CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent(id) ON DELETE CASCADE);
INSERT INTO parent VALUES (1), (2);
INSERT INTO child VALUES (1, 1), (2, 1), (3, 2);";

/// A parent with children, and a connection that enforces foreign keys.
fn family() -> (Scratch, Migrations, glowplug::connection::AnyConnection) {
    let (scratch, migrations) = (Scratch::sqlite(), Migrations::of(&[("1_a", FAMILY)]));
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    connection.batch_execute("PRAGMA foreign_keys = ON").expect("set");
    (scratch, migrations, connection)
}

/// With foreign keys on, `DROP TABLE` deletes the rows of the tables that refer to it.
#[test]
fn a_rebuild_by_hand_in_a_transaction_keeps_the_children() {
    let copy =
        "CREATE TABLE new (id INTEGER PRIMARY KEY, x); INSERT INTO new SELECT id, 0 FROM parent;";
    let first = "CREATE TABLE old AS SELECT * FROM parent;";
    for up in [
        format!("{copy} DROP TABLE parent; ALTER TABLE new RENAME TO parent;"),
        format!("{copy} DROP TABLE main.parent; ALTER TABLE new RENAME TO parent"),
        format!("{copy} DROP TABLE IF EXISTS parent; ALTER TABLE new RENAME TO parent;"),
        format!("{copy} DROP TABLE parent -- old\n; ALTER TABLE new RENAME TO parent /* new */;"),
        format!("{copy} DROP TABLE \"Parent\"; ALTER TABLE main.\"new\" RENAME TO [parent];"),
        format!("{copy} DROP TABLE `parent`; alter table main . new rename to 'parent';"),
        format!(
            "{first} DROP TABLE parent; CREATE TABLE IF NOT EXISTS main.PARENT (id INTEGER PRIMARY KEY, x); INSERT INTO parent SELECT id, 0 FROM old; DROP TABLE old;"
        ),
    ] {
        let (scratch, migrations, mut connection) = family();
        migrations.add("2_b", &up, "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "1,1,2", "{up}");
        assert_eq!(scratch.ask("SELECT group_concat(id || x) FROM parent"), "10,20", "{up}");
        let now = "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys";
        assert_eq!(query(&mut connection, now), ["1"]);
    }
}

/// Outside a transaction each statement is on its own, and foreign keys are on for all of them.
#[test]
fn a_rebuild_by_hand_outside_a_transaction_keeps_the_children() {
    let up = "CREATE TABLE new (id INTEGER PRIMARY KEY, x); INSERT INTO new SELECT id, 0 FROM parent; \
        DROP TABLE main.parent; ALTER TABLE new RENAME TO parent;";
    let block = format!("BEGIN; {up} COMMIT;");
    for up in [up, &block] {
        let (scratch, migrations, mut connection) = family();
        migrations.add_outside("2_b", up, "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "1,1,2", "{up}");
        let now = "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys";
        assert_eq!(query(&mut connection, now), ["1"]);
    }
}

/// The table is gone for good: nothing but the pragma tells that its rows are to stay.
#[test]
fn every_way_to_switch_foreign_keys_off_is_understood() {
    for off in ["= OFF", "= 0", "(0)", "= no", "= false", "= 'off'", "=\"OFF\"", "('no')", "= 00"] {
        let (scratch, migrations, mut connection) = family();
        let up = format!(
            "PRAGMA /* for the swap */ foreign_keys {off}; CREATE TABLE x AS SELECT * FROM parent; \
             DELETE FROM parent; INSERT INTO parent SELECT * FROM x; PRAGMA foreign_keys = 1;"
        );
        migrations.add("2_b", &up, "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "1,1,2", "{off}");
    }
    for on in ["= ON", "= 1", "(yes)", "= 'true'", ""] {
        let (scratch, migrations, mut connection) = family();
        let up = format!("PRAGMA foreign_keys {on}; DELETE FROM parent WHERE id = 1;");
        migrations.add("2_b", &up, "SELECT 1;");
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "2", "{on}");
    }
}

/// Inside a transaction foreign keys cannot be switched off.
#[test]
fn a_rebuild_in_the_callers_transaction_is_refused() {
    use diesel::Connection as _;
    use glowplug::apply::ApplyError;

    let up = "CREATE TABLE new (id INTEGER PRIMARY KEY); INSERT INTO new SELECT id FROM parent; \
        DROP TABLE parent; ALTER TABLE new RENAME TO parent;";
    let (scratch, migrations, mut connection) = family();
    migrations.add("2_b", up, "SELECT 1;");
    let error = connection.transaction(|c| migrations.manager().apply(c).map_err(Refused));
    let Refused(error) = error.expect_err("refused");
    assert!(matches!(&error, ApplyError::InTransaction { migration } if migration == "2_b"));
    assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "1,1,2");
    assert_eq!(scratch.applied(), ["1"]);

    // They are off already: nothing to lose.
    connection.batch_execute("PRAGMA foreign_keys = OFF").expect("set");
    let report = connection.transaction(|c| migrations.manager().apply(c).map_err(Refused));
    assert_eq!(report.map_err(|Refused(error)| error).expect("applied").applied.len(), 1);
    assert_eq!(scratch.ask("SELECT group_concat(p) FROM child"), "1,1,2");
}

/// What `Connection::transaction` wants to be able to hold.
#[derive(Debug)]
struct Refused(glowplug::apply::ApplyError);

impl From<diesel::result::Error> for Refused {
    fn from(source: diesel::result::Error) -> Self {
        panic!("{source}")
    }
}

/// Outside a transaction, too: a reference that points nowhere afterwards is not noted as done.
#[test]
fn a_rebuild_outside_a_transaction_that_breaks_references_fails() {
    let scratch = Scratch::sqlite();
    let migrations = Migrations::of(&[(
        "1_a",
        "CREATE TABLE p (id INTEGER PRIMARY KEY, x TEXT); \
         CREATE TABLE c (p INTEGER REFERENCES p (id)); \
         INSERT INTO p VALUES (1, 'a'), (2, 'b'); INSERT INTO c VALUES (1), (2);",
    )]);
    let swap = "CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT NOT NULL); \
        INSERT INTO n SELECT * FROM p WHERE id = 1; DROP TABLE p; ALTER TABLE n RENAME TO p;";
    migrations.add_outside("2_b", swap, "SELECT 1;");
    let mut connection = scratch.open();
    let error = migrations.manager().apply(&mut connection).expect_err("a row is missing");
    assert!(error.to_string().contains("foreign keys would be broken"), "{error}");
    assert_eq!(scratch.applied(), ["1"]);
    assert_eq!(scratch.ask("SELECT count(*) FROM c"), "2");
    // The row is put back: it goes on, and is done.
    scratch.ask("INSERT INTO n VALUES (2, 'b')");
    migrations.manager().apply(&mut connection).expect("goes on");
    assert_eq!(scratch.applied(), ["1", "2"]);
    assert_eq!(scratch.ask("PRAGMA foreign_key_check"), "");
}
