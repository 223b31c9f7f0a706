//! What a migration leaves in its session is gone before the next one, and before the caller goes on.

use diesel::connection::SimpleConnection as _;
use glowplug::apply::{LockMode, Revert};
use glowplug::connection::AnyConnection;

use super::support::{Migrations, Scratch, as_role, assert_usable, open, query};
use crate::support::pgbouncer::PgBouncer;

/// How a migration ends: well, or with an error.
const ENDS: [(&str, bool); 2] = [("", true), ("nonsense;", false)];

/// Applies the migration in a transaction and outside one, each way to end; `question` has the same
/// answer afterwards as before, on the connection that the caller prepared.
fn leaves_nothing(scratch: impl Fn() -> Scratch, prepare: &str, up: &str, question: &str) {
    for (outside, (end, ends_well)) in [false, true].into_iter().flat_map(|o| ENDS.map(|e| (o, e)))
    {
        let (scratch, migrations, up) = (scratch(), Migrations::new(), format!("{up} {end}"));
        let add = if outside { Migrations::add_outside } else { Migrations::add };
        add(&migrations, "1_a", &up, "SELECT 1;");
        let mut connection = scratch.open();
        connection.batch_execute(prepare).expect(prepare);
        let before = query(&mut connection, question);
        let result = migrations.manager().apply(&mut connection);
        assert_eq!(result.is_ok(), ends_well, "{result:?}");
        assert_eq!(query(&mut connection, question), before, "{up} outside: {outside}");
        assert_usable(&scratch, &mut connection);
        if ends_well {
            assert_eq!(scratch.applied(), ["1"]);
        }
    }
}

#[test]
fn settings_of_an_application() {
    let settings = ["tenant", "User_1", "made", "code"]
        .map(|name| format!("coalesce(current_setting('app.{name}', true), '')"));
    let settings = format!("SELECT concat_ws('/', {}) AS v", settings.join(", "));
    let up = "SET app.tenant = 'other'; SELECT set_config('app.User_1', 'x', false); \
        set SESSION app.made TO 1; DO $x$ BEGIN PERFORM set_config('app.code', 'y', false); END $x$;";
    let prepare = "SET app.tenant = 'mine'; SELECT set_config('app.User_1', 'me', false)";
    leaves_nothing(Scratch::postgres, prepare, up, &settings);
}

/// What stands in no session before is empty afterwards: PostgreSQL has no way to unset it.
#[test]
fn settings_of_an_application_between_two_migrations_and_behind_a_pooler() {
    let scratch = Scratch::postgres();
    let migrations = Migrations::of(&[
        ("1_a", "SET app.tenant = 'other'; CREATE TABLE a (x int);"),
        ("2_b", "CREATE TABLE b AS SELECT current_setting('app.tenant', true) AS x;"),
    ]);
    let pooler = PgBouncer::start(1);
    let ways = [
        (scratch.url.clone(), LockMode::Session),
        (pooler.url(&scratch.url), LockMode::Transaction),
    ];
    for (url, mode) in ways {
        scratch.empty();
        let mut connection = open(&url);
        migrations.manager().lock_mode(mode).apply(&mut connection).expect("applied");
        assert_eq!(scratch.ask("SELECT coalesce(x, '') || '.' FROM b"), ".");
        let now = "SELECT coalesce(current_setting('app.tenant', true), '') AS v";
        assert_eq!(query(&mut connection, now), [""]);
    }
}

#[test]
fn another_user() {
    let who = "SELECT concat_ws('/', session_user, current_user, current_setting('role'), \
        current_setting('log_statement')) AS v";
    let up =
        "CREATE TABLE t (x int); SET SESSION AUTHORIZATION pg_monitor; SET ROLE pg_read_all_stats;";
    // What only a superuser may set is put back by the one who set it.
    let more = format!("SET log_statement = 'all'; {up}");
    leaves_nothing(Scratch::postgres, "SELECT 1", &more, who);
    // The caller's own role is another one than the user who came in.
    leaves_nothing(Scratch::postgres, "SET ROLE pg_database_owner", up, who);
}

/// What a function sets stands in no text of a migration.
#[test]
fn a_role_that_a_function_set_writes_no_notes() {
    let become_other = "CREATE FUNCTION become() RETURNS void LANGUAGE plpgsql \
        AS $$ BEGIN PERFORM set_config('ro' || 'le', 'pg_monitor', false); END $$";
    for outside in [false, true] {
        let scratch = Scratch::postgres();
        scratch.ask(become_other);
        let (migrations, mut connection) = (Migrations::new(), scratch.open());
        let add = if outside { Migrations::add_outside } else { Migrations::add };
        add(&migrations, "1_a", "CREATE TABLE t (x int); SELECT become();", "SELECT become();");
        let who = "SELECT current_user::text AS v";
        let before = query(&mut connection, who);
        migrations.manager().apply(&mut connection).expect("applied");
        assert_eq!(query(&mut connection, who), before);
        assert_eq!(scratch.applied(), ["1"]);
        migrations.manager().revert(&mut connection, Revert::Last(1)).expect("reverted");
        assert_eq!(scratch.applied(), Vec::<String>::new());
        assert_usable(&scratch, &mut connection);
    }
}

/// A function with the rights of its owner sets what the role cannot set back.
#[test]
fn a_migration_whose_settings_stay_is_said_to_be_applied() {
    let scratch = Scratch::postgres();
    let role = format!("ordinary_{}", std::process::id());
    scratch.ask(&format!(
        "CREATE ROLE {role} LOGIN; GRANT ALL ON SCHEMA public TO {role}; \
         CREATE FUNCTION deeper() RETURNS void LANGUAGE plpgsql SECURITY DEFINER \
         AS $$ BEGIN PERFORM set_config('log_statement', 'all', false); END $$"
    ));
    let later = ("2_b", "CREATE TABLE b (x int);");
    let migrations =
        Migrations::of(&[("1_a", "CREATE TABLE a (x int); SELECT public.deeper();"), later]);
    let result = migrations.manager().apply(&mut open(&as_role(&scratch.url, &role)));
    let applied = scratch.applied();
    scratch.ask(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    let error = result.expect_err("not put back");
    assert!(error.is_unclean(), "{error}");
    let said = "`1_a` was applied, and the settings that it left in its session cannot be put back";
    assert!(error.to_string().starts_with(said), "{error}");
    assert_eq!(applied, ["1"]);
}

#[test]
fn temporary_objects_of_postgres() {
    let up = "CREATE TEMP TABLE gone (id serial PRIMARY KEY, m int); \
        CREATE TEMP VIEW seen AS SELECT * FROM gone; CREATE TYPE pg_temp.mood AS ENUM ('a'); \
        CREATE TYPE pg_temp.pair AS (a int, b pg_temp.mood); CREATE TEMP SEQUENCE counted; \
        CREATE FUNCTION pg_temp.f(pg_temp.mood) RETURNS int LANGUAGE sql AS 'SELECT 1'; \
        PREPARE one AS SELECT 1; LISTEN news; CREATE TABLE real_one AS SELECT m FROM gone; \
        DECLARE ahead CURSOR WITH HOLD FOR SELECT 1;";
    let made = "SELECT concat_ws('/', \
        (SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = pg_my_temp_schema()), \
        (SELECT string_agg(typname, ',' ORDER BY typname) FROM pg_type WHERE typnamespace = pg_my_temp_schema()), \
        (SELECT count(*) FROM pg_proc WHERE pronamespace = pg_my_temp_schema()), \
        (SELECT string_agg(name, ',') FROM pg_prepared_statements WHERE from_sql), \
        (SELECT string_agg(name, ',') FROM pg_cursors WHERE is_holdable), \
        (SELECT string_agg(c, ',') FROM pg_listening_channels() c), to_regclass('mine')::text) AS v";
    leaves_nothing(Scratch::postgres, "SELECT 1", up, made);
    let own = "CREATE TEMP TABLE mine (id serial); CREATE TYPE pg_temp.own AS (a int); \
        PREPARE own AS SELECT 1; LISTEN own";
    leaves_nothing(Scratch::postgres, own, up, made);
}

#[test]
fn advisory_locks() {
    let up = "SELECT pg_advisory_lock(-5); SELECT pg_advisory_lock_shared(7, -8), \
        pg_advisory_lock(9223372036854775807); SELECT pg_advisory_lock(-5); \
        SELECT pg_advisory_lock_shared(7, -8) FROM generate_series(1, 20); CREATE TABLE t (x int);";
    // Another session may take them.
    let held = "SELECT string_agg(classid || ' ' || objid || ' ' || mode, ',' ORDER BY 1) AS v \
        FROM (SELECT * FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) l";
    leaves_nothing(Scratch::postgres, "SELECT 1", up, held);

    let (scratch, migrations) = (Scratch::postgres(), Migrations::of(&[("1_a", up)]));
    let mut connection = scratch.open();
    connection.batch_execute("SELECT pg_advisory_lock(6)").expect("taken");
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(query(&mut connection, held), ["0 6 ExclusiveLock"]);
}

/// An event trigger is a function that runs with every change of the schema.
#[test]
fn what_an_event_trigger_sets_while_something_is_defined() {
    let scratch = Scratch::postgres();
    let trigger = "CREATE SCHEMA aside; CREATE FUNCTION hook() RETURNS event_trigger LANGUAGE plpgsql \
        AS $$ BEGIN PERFORM set_config('search_path', 'aside', false); END $$; \
        CREATE EVENT TRIGGER hook ON ddl_command_end WHEN TAG IN ('CREATE TABLE') \
          EXECUTE FUNCTION public.hook();";
    let rest = [("2_b", "CREATE TABLE b (x int);"), ("3_c", "CREATE TABLE c (x int);")];
    let migrations = Migrations::of(&rest);
    // It is there before the run, or the run itself makes it.
    for made_by_a_migration in [false, true] {
        if made_by_a_migration {
            migrations.add("1_a", trigger, "SELECT 1;");
        } else {
            scratch.ask(trigger);
        }
        migrations.manager().apply(&mut scratch.open()).expect("applied");
        let places = "SELECT string_agg(schemaname || '.' || tablename, ',' ORDER BY tablename) \
            FROM pg_tables WHERE tablename IN ('b', 'c')";
        assert_eq!(scratch.ask(places), "public.b,public.c");
        scratch.ask("DROP EVENT TRIGGER hook; DROP SCHEMA aside");
        scratch.empty();
    }
}

#[test]
fn a_default_that_sets_something_while_it_is_computed() {
    let scratch = Scratch::postgres();
    scratch.ask(
        "CREATE SCHEMA aside; CREATE TABLE t (x int); INSERT INTO t VALUES (1); \
         CREATE FUNCTION leak() RETURNS text VOLATILE LANGUAGE sql \
           AS $$ SELECT set_config('search_path', 'aside', false) $$",
    );
    let migrations = Migrations::of(&[
        ("1_a", "ALTER TABLE t ADD COLUMN y text DEFAULT leak();"),
        ("2_b", "CREATE TABLE b (x int);"),
    ]);
    migrations.manager().apply(&mut scratch.open()).expect("applied");
    assert_eq!(scratch.ask("SELECT schemaname FROM pg_tables WHERE tablename = 'b'"), "public");
}

#[test]
fn temporary_objects_and_attached_files_of_sqlite() {
    let dir = tempfile::tempdir().expect("a directory");
    let other = dir.path().join("other.db");
    let make = format!(
        "ATTACH '{}' AS \"the \"\"other\"; CREATE TEMP TABLE gone (x INTEGER PRIMARY KEY AUTOINCREMENT); \
         CREATE TABLE temp.\"al\"\"so\" (x); CREATE TEMP VIEW seen AS SELECT * FROM gone; \
         CREATE TEMP TRIGGER hook AFTER INSERT ON gone BEGIN SELECT 1; END; \
         CREATE VIRTUAL TABLE temp.words USING fts5(x);",
        other.display()
    );
    let left = "SELECT (SELECT count(*) FROM sqlite_temp_master WHERE name NOT LIKE 'sqlite%') || '/' || \
        (SELECT group_concat(name) FROM pragma_database_list WHERE name <> 'temp') AS v";
    leaves_nothing(Scratch::sqlite, "SELECT 1", &make, left);
    leaves_nothing(Scratch::sqlite, "CREATE TEMP TABLE mine (x)", &make, left);
    let mine = format!("ATTACH '{}' AS mine", dir.path().join("mine.db").display());
    leaves_nothing(Scratch::sqlite, &mine, &make, left);
}

#[test]
fn every_pragma_of_a_connection() {
    let up = "PRAGMA cache_size = 7; \
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA read_uncommitted = 1; PRAGMA secure_delete = 0; \
        PRAGMA reverse_unordered_selects = 1; PRAGMA automatic_index = 0; PRAGMA query_only = 0; \
        PRAGMA cell_size_check = 1; PRAGMA checkpoint_fullfsync = 1; PRAGMA fullfsync = 1; \
        PRAGMA journal_size_limit = 9; PRAGMA threads = 3; CREATE TABLE a (x);";
    let names = [
        "synchronous",
        "cache_size",
        "temp_store",
        "locking_mode",
        "read_uncommitted",
        "secure_delete",
        "reverse_unordered_selects",
        "automatic_index",
        "cell_size_check",
        "checkpoint_fullfsync",
        "fullfsync",
        "journal_size_limit",
        "threads",
    ];
    let each = names.map(|name| format!("(SELECT {name} FROM pragma_{name})"));
    let question = format!("SELECT {} AS v", each.join(" || '/' || "));
    let prepare = "PRAGMA cache_size = 70; PRAGMA secure_delete = 1";
    leaves_nothing(Scratch::sqlite, prepare, up, &question);

    // "Safety level may not be changed inside a transaction", and neither may this.
    let scratch = Scratch::sqlite();
    let migrations = Migrations::new();
    migrations.add_outside(
        "1_a",
        "PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; CREATE TABLE a (x);",
        "SELECT 1;",
    );
    let mut connection = scratch.open();
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(query(&mut connection, &question), query(&mut scratch.open(), &question));
}

/// MariaDB, where each is a session variable; read by the server's own list.
#[test]
fn every_variable_of_mariadb() {
    let up = "SET time_zone = '+05:00', default_storage_engine = MyISAM, max_statement_time = 7; \
        SET NAMES latin1; SET sql_safe_updates = 1, sql_select_limit = 3, sql_mode = 'ANSI_QUOTES'; \
        SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE; SET SESSION TRANSACTION READ WRITE; \
        SET check_constraint_checks = 0, foreign_key_checks = 0, completion_type = 'CHAIN'; \
        SET completion_type = 'NO_CHAIN', lc_time_names = 'de_DE', group_concat_max_len = 99; \
        SET innodb_lock_wait_timeout = 1, sort_buffer_size = 65536, character_set_results = NULL; \
        SET optimizer_switch = 'mrr=on', sql_notes = 0, div_precision_increment = 9; \
        CREATE TABLE a (x INT);";
    // The server says these itself, or they count what was done.
    let question = "SELECT CONCAT(VARIABLE_NAME, '=', COALESCE(SESSION_VALUE, 'NULL')) AS v \
        FROM information_schema.SYSTEM_VARIABLES WHERE SESSION_VALUE IS NOT NULL \
        AND VARIABLE_NAME NOT IN ('TIMESTAMP', 'LAST_GTID', 'RAND_SEED1', 'RAND_SEED2', \
          'ERROR_COUNT', 'WARNING_COUNT', 'LAST_INSERT_ID', 'IDENTITY') ORDER BY 1";
    let prepare = "SET time_zone = '+01:00', sql_select_limit = 5000000";
    leaves_nothing(Scratch::mariadb, prepare, up, question);
}

/// Temporary tables of MariaDB 10.11 stand in no list of the server.
#[test]
fn temporary_tables_of_mariadb() {
    let scratch = Scratch::mariadb();
    let migrations = Migrations::of(&[
        (
            "1_a",
            "CREATE TEMPORARY TABLE t (x INT); create or replace temporary table `u v` (x INT); \
                 CREATE TEMPORARY TABLE IF NOT EXISTS w SELECT 1 AS x;",
        ),
        ("2_b", "CREATE TABLE t (y INT); INSERT INTO t VALUES (3);"),
    ]);
    let mut connection = scratch.open();
    connection.batch_execute("CREATE TEMPORARY TABLE mine (x INT)").expect("made");
    migrations.manager().apply(&mut connection).expect("applied");
    assert_eq!(query(&mut connection, "SELECT CAST(y AS CHAR) AS v FROM t"), ["3"]);
    assert_eq!(scratch.ask("SELECT y FROM t"), "3");
    for gone in ["`u v`", "w"] {
        connection.batch_execute(&format!("SELECT * FROM {gone}")).expect_err(gone);
    }
    connection.batch_execute("SELECT * FROM mine").expect("the caller's is there");
    assert_usable(&scratch, &mut connection);
}

/// `USE` leads the statements after it elsewhere, and nothing of what glowplug notes.
#[test]
fn another_database_of_mariadb() {
    for mode in [LockMode::Session, LockMode::Table] {
        let (scratch, other) = (Scratch::mariadb(), Scratch::mariadb());
        let (_, name) = other.url.rsplit_once('/').expect("a path");
        let migrations = Migrations::of(&[]);
        let up = format!(
            "CREATE TABLE a (x INT); USE {name}; CREATE TABLE b (x INT); INSERT INTO b VALUES (1);"
        );
        migrations.add("1_a", &up, &format!("DROP TABLE a; USE {name}; DROP TABLE b;"));
        migrations.add("2_b", "CREATE TABLE c (x INT);", "DROP TABLE c;");
        let manager = || migrations.manager().lock_mode(mode);
        let mut connection = scratch.open();
        let home = query(&mut connection, "SELECT DATABASE() AS v");
        manager().apply(&mut connection).expect("applied");
        let tables = "SELECT GROUP_CONCAT(TABLE_NAME ORDER BY 1) FROM information_schema.TABLES \
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME NOT LIKE '\\_\\_%'";
        let ours = "SELECT COUNT(*) FROM information_schema.TABLES \
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE '\\_\\_%'";
        assert_eq!((scratch.ask(tables), other.ask(tables)), ("a,c".to_owned(), "b".to_owned()));
        assert_eq!(other.ask(ours), "0");
        assert_eq!(query(&mut connection, "SELECT DATABASE() AS v"), home);
        assert!(manager().apply(&mut connection).expect("nothing to do").is_empty());
        manager().revert(&mut connection, Revert::All).expect("reverted");
        assert_eq!(
            (scratch.ask(tables), other.ask(tables)),
            ("NULL".to_owned(), "NULL".to_owned())
        );

        // One that stops there goes on there.
        migrations.add("1_a", &format!("{up} nonsense;"), "SELECT 1;");
        manager().apply(&mut connection).expect_err("nonsense");
        assert_eq!(query(&mut connection, "SELECT DATABASE() AS v"), home);
        migrations.add("1_a", &format!("{up} CREATE TABLE d (x INT);"), "SELECT 1;");
        manager().apply(&mut scratch.open()).expect("goes on");
        assert_eq!((scratch.ask(tables), other.ask(tables)), ("a,c".to_owned(), "b,d".to_owned()));
        assert_eq!(other.ask("SELECT COUNT(*) FROM b"), "1");
    }
}

/// Who may not be the user again cannot be asked to: an ordinary role goes back to itself.
#[test]
fn an_ordinary_role_takes_itself_back() {
    let scratch = Scratch::postgres();
    let role = format!("left_{}", std::process::id());
    scratch.ask(&format!("CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role}"));
    let migrations = Migrations::of(&[(
        "1_a",
        &format!("SET ROLE NONE; SET SESSION AUTHORIZATION {role}; CREATE TABLE a (x int);"),
    )]);
    let mut connection = open(&as_role(&scratch.url, &role));
    let result = migrations.manager().apply(&mut connection);
    let owner = scratch.ask("SELECT tableowner FROM pg_tables WHERE tablename = 'a'");
    drop::<AnyConnection>(connection);
    scratch.ask(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    result.expect("applied");
    assert_eq!(owner, role);
}

/// What another role made may only be removed as a whole.
#[test]
fn temporary_tables_of_another_role() {
    let scratch = Scratch::postgres();
    let role = format!("maker_{}", std::process::id());
    scratch.ask(&format!(
        "CREATE ROLE {role} LOGIN NOINHERIT; CREATE ROLE {role}_owner; GRANT {role}_owner TO {role}; \
         GRANT CREATE ON SCHEMA public TO {role}"
    ));
    let up = format!("CREATE TABLE a (x int); SET ROLE {role}_owner; CREATE TEMP TABLE t (x int);");
    let migrations = Migrations::of(&[("1_a", &up), ("2_b", "CREATE TABLE t (y int);")]);
    let mut connection = open(&as_role(&scratch.url, &role));
    let result = migrations.manager().apply(&mut connection);
    let left = "SELECT count(*)::text AS v FROM pg_class WHERE relnamespace = pg_my_temp_schema()";
    let left = query(&mut connection, left);
    drop::<AnyConnection>(connection);
    scratch.ask(&format!("DROP OWNED BY {role}, {role}_owner; DROP ROLE {role}, {role}_owner"));
    result.expect("applied");
    assert_eq!(left, ["0"]);
}

/// A setting of a library that is loaded on first use was unknown before; what reads as nothing is not
/// put back as nothing.
#[test]
fn settings_of_libraries_that_are_loaded_meanwhile() {
    for up in [
        "SET LOCAL plpgsql.check_asserts = off; DO $$ BEGIN NULL; END $$;",
        "SET plpgsql.variable_conflict = 'use_column'; DO $$ BEGIN NULL; END $$;",
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql SET plpgsql.variable_conflict = 'use_column' \
           AS $$ BEGIN RETURN 1; END $$; SELECT f();",
        "SET \"app.quoted\" = 'x'; SET a.b.c = 'y';",
    ] {
        let (scratch, migrations) = (Scratch::postgres(), Migrations::of(&[("1_a", up)]));
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect(up);
        let settings = ["app.quoted", "a.b.c"]
            .map(|name| format!("coalesce(current_setting('{name}', true), '')"));
        let settings = format!("SELECT {} AS v", settings.join(" || "));
        assert_eq!(query(&mut connection, &settings), [""], "{up}");
        let conflict = "SELECT current_setting('plpgsql.variable_conflict', true) AS v";
        connection.batch_execute("DO $$ BEGIN NULL; END $$").expect("the library is loaded");
        assert_eq!(query(&mut connection, conflict), ["error"], "{up}");
        assert_usable(&scratch, &mut connection);
    }
}

/// What a commit would run finds what the migration set for its transaction.
#[test]
fn triggers_that_wait_for_the_commit_find_the_settings() {
    let scratch = Scratch::postgres();
    scratch.ask(
        "CREATE TABLE t (x int); CREATE TABLE log (who text); \
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql \
           AS $$ BEGIN INSERT INTO log VALUES (current_setting('app.who', true)); RETURN NULL; END $$; \
         CREATE CONSTRAINT TRIGGER note AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED \
           FOR EACH ROW EXECUTE FUNCTION note()",
    );
    let up = "SET LOCAL app.who = 'migration'; INSERT INTO t VALUES (1);";
    for (version, mode) in [("1_a", LockMode::Session), ("2_b", LockMode::Transaction)] {
        let migrations = Migrations::of(&[(version, up)]);
        migrations.manager().lock_mode(mode).apply(&mut scratch.open()).expect("applied");
    }
    assert_eq!(scratch.ask("SELECT string_agg(who, ',') FROM log"), "migration,migration");
}

/// None of these is in the way of what is done already.
#[test]
fn what_cannot_be_removed_stays() {
    let (scratch, other) = (Scratch::mariadb(), Scratch::mariadb());
    let (_, name) = other.url.rsplit_once('/').expect("a path");
    for up in [
        "SET sql_mode = 'ANSI_QUOTES'; CREATE TEMPORARY TABLE \"stage\" (x INT);".to_owned(),
        "CREATE TEMPORARY TABLE st (x INT); SET SESSION TRANSACTION READ ONLY;".to_owned(),
        format!("CREATE TEMPORARY TABLE b (x INT); USE {name}; CREATE TEMPORARY TABLE c (x INT);"),
        "CREATE TEMPORARY TABLE t (x INT); USE information_schema;".to_owned(),
    ] {
        scratch.empty();
        let next = "CREATE TABLE b (x INT); INSERT INTO b VALUES (3); CREATE TABLE stage (x INT);";
        let migrations = Migrations::of(&[("1_a", &up), ("2_b", next)]);
        let mut connection = scratch.open();
        migrations.manager().apply(&mut connection).expect(&up);
        assert_eq!(scratch.ask("SELECT x FROM b"), "3", "{up}");
        assert_usable(&scratch, &mut connection);
    }
    for up in [
        "CREATE TEMP TABLE c (p REFERENCES p (id)); CREATE TEMP TABLE p (id INTEGER PRIMARY KEY); \
         INSERT INTO p VALUES (1); INSERT INTO c VALUES (1);",
        "ATTACH ':memory:' AS m; CREATE TABLE m.x (y); CREATE TABLE z (y);",
    ] {
        let scratch = Scratch::sqlite();
        let migrations = Migrations::new();
        migrations.add("1_a", up, "DROP TABLE IF EXISTS z;");
        let mut connection = scratch.open();
        connection.batch_execute("PRAGMA foreign_keys = ON").expect("set");
        migrations.manager().apply(&mut connection).expect(up);
        migrations.manager().redo(&mut scratch.open(), Revert::Last(1)).expect(up);
        assert_eq!(scratch.applied(), ["1"]);
    }
    let scratch = Scratch::postgres();
    for up in [
        "CREATE TEMP TABLE st (x int); ALTER TABLE st ADD COLUMN id serial;",
        "CREATE TEMP TABLE o (x int PRIMARY KEY); CREATE TEMP TABLE n (x int); \
         ALTER TABLE o ADD FOREIGN KEY (x) REFERENCES o (x);",
        "SET client_encoding = 'LATIN1'; CREATE TABLE l (x int);",
        "CREATE TEMP TABLE st (x int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP; \
         INSERT INTO st VALUES (1);",
    ] {
        for mode in [LockMode::Session, LockMode::Transaction] {
            scratch.empty();
            let migrations = Migrations::of(&[("1_a", up)]);
            let mut connection = scratch.open();
            migrations.manager().lock_mode(mode).apply(&mut connection).expect(up);
            assert_usable(&scratch, &mut connection);
        }
    }
}
