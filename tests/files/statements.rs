use glowplug::files::statement::{Piece, split};
use glowplug::files::{checksum, slug};
use glowplug::model::Backend::{self, Mysql, Postgres, Sqlite};

const ALL: [Backend; 3] = [Sqlite, Postgres, Mysql];

/// The statements, without blank pieces.
fn statements(backend: Backend, sql: &str) -> Vec<String> {
    let pieces = split(backend, sql);
    let whole: String = pieces.iter().map(|piece| &sql[piece.range.clone()]).collect();
    assert_eq!(whole, sql);
    pieces.iter().filter(|piece| !piece.is_blank()).map(|piece| piece.text.to_owned()).collect()
}

#[test]
fn semicolons_end_statements_but_not_inside_strings_names_and_comments() {
    for backend in ALL {
        for (sql, expected) in [
            ("", vec![]),
            (" \n-- only a comment; really\n/* ; */", vec![]),
            ("a", vec!["a"]),
            ("a;b ; c", vec!["a;", "b ;", "c"]),
            ("INSERT INTO t VALUES ('a;b''c;');x", vec!["INSERT INTO t VALUES ('a;b''c;');", "x"]),
            ("a -- it's\n;b", vec!["a -- it's\n;", "b"]),
            ("a /* ' ; */;b", vec!["a /* ' ; */;", "b"]),
            (";;a;", vec!["a;"]),
            ("\u{feff}a;b", vec!["a;", "b"]),
            ("sélect ';' ü;b", vec!["sélect ';' ü;", "b"]),
        ] {
            assert_eq!(statements(backend, sql), expected, "{backend} {sql}");
        }
    }
}

#[test]
fn each_server_has_its_own_quotes() {
    for (backend, sql, expected) in [
        (Sqlite, r#"a "x;""y" ;b"#, vec![r#"a "x;""y" ;"#, "b"]),
        (Sqlite, "a [x;'y] ;b", vec!["a [x;'y] ;", "b"]),
        (Sqlite, "a `x;` ;b", vec!["a `x;` ;", "b"]),
        (Sqlite, r"a '\';b", vec![r"a '\';", "b"]),
        (Postgres, r"a '\';b", vec![r"a '\';", "b"]),
        (Postgres, r"a E'\';b';c", vec![r"a E'\';b';", "c"]),
        (Postgres, r"a type'\';b", vec![r"a type'\';", "b"]),
        (Postgres, "a $$;'$$;b", vec!["a $$;'$$;", "b"]),
        (Postgres, "a $x$;$$;$x$;b", vec!["a $x$;$$;$x$;", "b"]),
        (Postgres, "a $1;b $2", vec!["a $1;", "b $2"]),
        (Postgres, "a x$y$;b$y$", vec!["a x$y$;", "b$y$"]),
        (Postgres, "a /* /* ; */ ; */;b", vec!["a /* /* ; */ ; */;", "b"]),
        (Sqlite, "a /* /* ; */;b", vec!["a /* /* ; */;", "b"]),
        (
            Postgres,
            "CREATE RULE r AS ON INSERT TO t DO (a; b);c",
            vec!["CREATE RULE r AS ON INSERT TO t DO (a; b);", "c"],
        ),
        (Mysql, r"a '\';b';c", vec![r"a '\';b';", "c"]),
        (Mysql, r#"a "\";b";c"#, vec![r#"a "\";b";"#, "c"]),
        (Mysql, "a # ';\n;b", vec!["a # ';\n;", "b"]),
        (Mysql, "a 1--1;b", vec!["a 1--1;", "b"]),
    ] {
        assert_eq!(statements(backend, sql), expected, "{backend} {sql}");
    }
}

#[test]
fn a_body_belongs_to_its_statement() {
    for (backend, body) in [
        (Sqlite, "CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES (1); END;"),
        (
            Sqlite,
            "create temp trigger if not exists t after update on a when new.end > 1 begin \
             select case new.begin when 1 then 2 end; update b set x = case when 1 then 2 end; end;",
        ),
        (Sqlite, "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END -- done\n;"),
        (
            Postgres,
            "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
        ),
        (
            Postgres,
            "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC \
             SELECT CASE WHEN true THEN 1 END; SELECT 2; END;",
        ),
        (
            Mysql,
            "CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; \
             CASE 1 WHEN 1 THEN SELECT 2; END CASE; \
             l: LOOP LEAVE l; END LOOP; BEGIN SELECT 3; END; END;",
        ),
        (Mysql, "CREATE TRIGGER t BEFORE INSERT ON data FOR EACH ROW SET NEW.x = IF(NEW.x, 1, 2);"),
        (
            Mysql,
            "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.x > 1 THEN SET NEW.x = IF(1, 2, 3); \
             IF NEW.x THEN SET NEW.y = 1; ELSEIF 2 THEN SET NEW.y = 2; ELSE IF 1 THEN SET NEW.y = 3; END IF; \
             END IF; CASE 1 WHEN 1 THEN SET NEW.y = 4; END CASE; END IF;",
        ),
        (Mysql, "create procedure p(x int) while x > 0 do set x = x - 1; end while;"),
        (
            Mysql,
            "CREATE PROCEDURE IF NOT EXISTS p() BEGIN FOR i IN 1..3 DO SELECT i; END FOR; SELECT 2; END;",
        ),
        (Mysql, "BEGIN NOT ATOMIC DECLARE x INT; SET x = 1; IF x THEN SELECT 1; END IF; END;"),
        (Mysql, "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO IF 1 THEN SELECT 1; SELECT 2; END IF;"),
    ] {
        let sql = format!("a; {body} b");
        assert_eq!(statements(backend, &sql), ["a;", body, "b"], "{backend}");
    }
    // A table is no trigger, and an argument is no block.
    let sql = "CREATE TABLE trigger_log (a);BEGIN;b;END;";
    assert_eq!(statements(Sqlite, sql).len(), 4);
    assert_eq!(statements(Postgres, "CREATE FUNCTION f(\"begin\" int, x int);b").len(), 2);
}

#[test]
fn a_statement_knows_the_line_of_its_first_word() {
    let sql = "-- head\n\nSELECT 1;\n  -- why\n  SELECT\n 2;\r\nSELECT 3";
    let lines: Vec<_> = split(Postgres, sql).iter().map(|piece| (piece.line, piece.text)).collect();
    assert_eq!(lines, [(3, "SELECT 1;"), (5, "SELECT\n 2;"), (7, "SELECT 3")]);
    let words: Vec<_> = split(Sqlite, "/* */ create \"x\" table a.b").remove(0).words().to_vec();
    assert_eq!(words, ["CREATE", "TABLE", "A"]);
}

/// What is not closed, cut at any byte, must neither panic nor lose a character.
#[test]
fn any_text_is_cut_without_loss() {
    let parts = [
        "'",
        "\"",
        "`",
        "[",
        "]",
        "$$",
        "$a$",
        "$",
        "--",
        "/*",
        "*/",
        "\n",
        ";",
        "(",
        ")",
        "\\",
        "E'",
        "BEGIN",
        " ",
        "END",
        "CASE",
        "CREATE TRIGGER",
        "CREATE FUNCTION",
        "é",
        "\u{feff}",
        "\u{0}",
        "🦀",
        "x",
        ".",
        "#",
        "IF",
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..20_000 {
        let sql: String =
            (0..random.usize(0..14)).map(|_| parts[random.usize(0..parts.len())]).collect();
        for backend in ALL {
            let pieces = split(backend, &sql);
            let whole: String =
                pieces.iter().map(|piece: &Piece<'_>| &sql[piece.range.clone()]).collect();
            assert_eq!(whole, sql);
            assert!(pieces.iter().all(|piece| piece.line >= 1 && !piece.range.is_empty()));
        }
    }
}

/// SQLite's own judgement: every statement but the last is complete and none holds two.
#[test]
fn sqlite_agrees_on_every_cut() {
    use diesel::connection::SimpleConnection as _;
    use diesel::{Connection as _, RunQueryDsl as _, sql_query};
    let sql = "CREATE TABLE a (x); CREATE TABLE b (y DEFAULT ';');\n\
        CREATE TRIGGER t AFTER INSERT ON a BEGIN INSERT INTO b VALUES (case 1 when 1 then ';' end); \
        UPDATE b SET y = 1; END; INSERT INTO a VALUES ('; END;'); /* ; */ INSERT INTO a VALUES (2)";
    let mut one_by_one = diesel::SqliteConnection::establish(":memory:").expect("a database");
    for piece in split(Sqlite, sql) {
        // A prepared statement takes exactly one.
        sql_query(piece.text).execute(&mut one_by_one).expect(piece.text);
    }
    let mut at_once = diesel::SqliteConnection::establish(":memory:").expect("a database");
    at_once.batch_execute(sql).expect("the same text");
    assert_eq!(split(Sqlite, sql).len(), 5);
}

#[test]
fn the_checksum_is_blind_to_what_a_checkout_changes() {
    let unix = "CREATE TABLE a (x);\n-- ü\n";
    assert_eq!(checksum(unix), checksum(&unix.replace('\n', "\r\n")));
    assert_eq!(checksum(unix), checksum(&format!("\u{feff}{unix}")));
    assert_ne!(checksum(unix), checksum(&unix.replace('x', "y")));
    assert_ne!(checksum(unix), checksum(unix.trim_end()));
    // `printf 'abc' | sha256sum`
    assert_eq!(checksum("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_slug_is_safe_in_every_path() {
    for (name, expected) in [
        ("add plan", "add_plan"),
        ("  Add--Plan!! ", "add_plan"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\con", "c_con"),
        ("", "migration"),
        ("日本", "migration"),
        ("a\0b\nc", "a_b_c"),
        ("__x__", "x"),
    ] {
        assert_eq!(slug(name), expected);
    }
    assert_eq!(slug(&"x".repeat(300)).len(), 100);
    assert!(!slug(&"x ".repeat(300)).ends_with('_'));
}
