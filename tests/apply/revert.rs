use glowplug::apply::{ApplyError, Revert};

use super::support::{Migrations, Scratch, assert_usable, each};

fn three() -> Migrations {
    let migrations = Migrations::new();
    for (name, table) in [("1_a", "a"), ("2_b", "b"), ("3_c", "c")] {
        let (up, down) =
            (format!("CREATE TABLE {table} (x INTEGER);"), format!("DROP TABLE {table};"));
        migrations.add(name, &up, &down);
    }
    migrations
}

#[test]
fn reverts_the_newest_first() {
    each(|scratch| {
        let migrations = three();
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let full = scratch.catalog();
        for (which, names, left) in [
            (Revert::Last(1), vec!["3_c"], vec!["1", "2"]),
            (Revert::To("1_a"), vec!["3_c", "2_b"], vec!["1"]),
            (Revert::Last(9), vec!["3_c", "2_b", "1_a"], vec![]),
            (Revert::All, vec!["3_c", "2_b", "1_a"], vec![]),
            (Revert::Last(0), vec![], vec!["1", "2", "3"]),
        ] {
            let report = migrations.manager().revert(&mut connection, which).expect("reverted");
            let reverted: Vec<_> = report.reverted.iter().map(|done| done.name.as_str()).collect();
            assert_eq!(reverted, names);
            assert_eq!(scratch.applied(), left);
            assert_eq!(
                scratch.ask("SELECT count(*) FROM __glowplug_history"),
                left.len().to_string()
            );
            assert_usable(scratch, &mut connection);
            migrations.manager().apply(&mut connection).expect("applied");
            assert_eq!(scratch.catalog(), full);
        }
    });
}

#[test]
fn what_cannot_be_reverted_is_refused_before_anything_is() {
    each(|scratch| {
        let migrations = three();
        std::fs::remove_file(migrations.path().join("1_a/down.sql")).expect("removed");
        std::fs::write(migrations.path().join("2_b/down.sql"), "").expect("emptied");
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let error = migrations.manager().revert(&mut connection, Revert::All).expect_err("refused");
        assert!(
            matches!(&error, ApplyError::Irreversible { names } if *names == ["2_b", "1_a"]),
            "{error}"
        );
        migrations.remove("2_b");
        let error =
            migrations.manager().revert(&mut connection, Revert::Last(2)).expect_err("refused");
        assert!(matches!(&error, ApplyError::NotInSource { version } if version == "2"), "{error}");
        let error =
            migrations.manager().revert(&mut connection, Revert::To("7")).expect_err("refused");
        assert!(matches!(error, ApplyError::UnknownVersion { .. }));
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        migrations.manager().revert(&mut connection, Revert::Last(1)).expect("reverted");
        assert_usable(scratch, &mut connection);
    });
}

#[test]
fn a_failed_revert_is_rolled_back() {
    each(|scratch| {
        let migrations = Migrations::new();
        migrations.add("1_a", "CREATE TABLE a (x INTEGER)", "DROP TABLE a;\nDROP TABLE nowhere;");
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let error = migrations.manager().revert(&mut connection, Revert::All).expect_err("fails");
        assert!(
            error.to_string().contains("failed in down.sql line 2, statement 2 of 2"),
            "{error}"
        );
        assert_eq!(scratch.applied(), ["1"]);
        assert!(scratch.catalog().contains("|a|"));
        assert_usable(scratch, &mut connection);
    });
}

#[test]
fn redo_is_one_transaction() {
    each(|scratch| {
        let migrations = three();
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let report = migrations.manager().redo(&mut connection, Revert::Last(2)).expect("redone");
        assert_eq!((report.reverted.len(), report.applied.len()), (2, 2));
        assert_eq!(scratch.applied(), ["1", "2", "3"]);

        let full = scratch.catalog();
        migrations.add("2_b", "nonsense", "DROP TABLE b");
        migrations.manager().redo(&mut connection, Revert::Last(2)).expect_err("fails");
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        assert_eq!(scratch.catalog(), full);
        assert_usable(scratch, &mut connection);
    });
}

/// What PostgreSQL does not do within the transaction that came before is no reason to leave it half
/// done: it is rolled back, and the error says what to do.
#[test]
fn a_redo_that_wants_commits_in_between_is_rolled_back_and_says_so() {
    let enums = [
        (
            "1_a",
            "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood);",
            "DROP TABLE t; DROP TYPE mood;",
        ),
        ("2_b", "ALTER TYPE mood ADD VALUE 'ok';", "SELECT 1;"),
        ("3_c", "INSERT INTO t VALUES ('ok');", "DELETE FROM t;"),
    ];
    let deferred = [
        (
            "1_a",
            "CREATE TABLE p (x int PRIMARY KEY); CREATE TABLE c (x int REFERENCES p DEFERRABLE INITIALLY DEFERRED);",
            "DROP TABLE c; DROP TABLE p;",
        ),
        (
            "2_b",
            "INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);",
            "DELETE FROM c; DELETE FROM p;",
        ),
        ("3_c", "ALTER TABLE c ADD COLUMN y int;", "ALTER TABLE c DROP COLUMN y;"),
    ];
    for (files, last, rows) in
        [(enums, 3, "SELECT count(*) FROM t"), (deferred, 2, "SELECT count(y) FROM c")]
    {
        let (scratch, migrations) = (Scratch::postgres(), Migrations::new());
        for (name, up, down) in files {
            migrations.add(name, up, down);
        }
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let (catalog, before) = (scratch.catalog(), scratch.ask(rows));
        let error =
            migrations.manager().redo(&mut connection, Revert::Last(last)).expect_err("one");
        let hint = error.failure().and_then(|failure| failure.hint.as_deref()).unwrap_or_default();
        assert!(hint.contains("this wants a commit before it"), "{error} {hint}");
        assert_eq!((scratch.catalog(), scratch.ask(rows)), (catalog, before));
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
        assert_usable(&scratch, &mut connection);
        migrations.manager().revert(&mut connection, Revert::Last(last)).expect("reverted");
        migrations.manager().apply(&mut connection).expect("applied");
    }
}

/// What was told and confirmed is reverted, or nothing.
#[test]
fn others_that_came_meanwhile_are_not_reverted_instead() {
    each(|scratch| {
        let migrations = three();
        let mut connection = scratch.open();
        migrations.manager().apply_to(&mut connection, "2").expect("applied");
        let told = migrations.manager().reverting(&mut connection, Revert::Last(1)).expect("told");
        migrations.manager().apply(&mut connection).expect("applied");
        let error = migrations.manager().revert(&mut connection, Revert::These(&told));
        let error = error.expect_err("another is the latest");
        let said = "nothing was reverted: another process was there, and now the latest are `3`";
        assert_eq!(error.to_string(), said);
        assert_eq!(scratch.applied(), ["1", "2", "3"]);
    });
}

#[test]
fn a_transaction_statement_in_down_is_refused() {
    each(|scratch| {
        let migrations = Migrations::new();
        migrations.add("1_a", "CREATE TABLE a (x INTEGER)", "DROP TABLE a; COMMIT");
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect("applied");
        let error = migrations.manager().revert(&mut connection, Revert::All).expect_err("refused");
        assert!(error.to_string().contains("down.sql line 1 says `COMMIT`"), "{error}");
        assert!(scratch.catalog().contains("|a|"));
    });
}
