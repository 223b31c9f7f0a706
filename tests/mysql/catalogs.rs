//! Every column of `information_schema` that is about tables, and how glowplug treats what it says.

use crate::cli::project::Project;
use crate::support::mysql::{Database, lines};

/// Which object the row is about.
const NAME: &str = "a name";
/// glowplug models it.
const MODELLED: &str = "modelled";
/// It is kept, and told by its name.
const NAMED: &str = "kept and named";
/// It follows from what another column says.
const FOLLOWS: &str = "follows from another";
/// It is about rows, files and times, and no schema.
const DATA: &str = "of the data";

/// What MariaDB 10.11 has.
const COLUMNS: &[(&str, &[(&str, &str)])] = &[
    (
        "TABLES",
        &[
            ("TABLE_CATALOG", NAME),
            ("TABLE_SCHEMA", NAME),
            ("TABLE_NAME", NAME),
            // `SEQUENCE` and `SYSTEM VERSIONED` are named, `VIEW` is modelled.
            ("TABLE_TYPE", MODELLED),
            ("ENGINE", MODELLED),
            ("VERSION", DATA),
            // What a table was given is in CREATE_OPTIONS; this is what its engine made of it.
            ("ROW_FORMAT", FOLLOWS),
            ("TABLE_ROWS", DATA),
            ("AVG_ROW_LENGTH", DATA),
            ("DATA_LENGTH", DATA),
            ("MAX_DATA_LENGTH", DATA),
            ("INDEX_LENGTH", DATA),
            ("DATA_FREE", DATA),
            ("AUTO_INCREMENT", DATA),
            ("CREATE_TIME", DATA),
            ("UPDATE_TIME", DATA),
            ("CHECK_TIME", DATA),
            ("TABLE_COLLATION", MODELLED),
            ("CHECKSUM", DATA),
            ("CREATE_OPTIONS", MODELLED),
            ("TABLE_COMMENT", MODELLED),
            ("MAX_INDEX_LENGTH", DATA),
            ("TEMPORARY", DATA),
        ],
    ),
    (
        "COLUMNS",
        &[
            ("TABLE_CATALOG", NAME),
            ("TABLE_SCHEMA", NAME),
            ("TABLE_NAME", NAME),
            ("COLUMN_NAME", NAME),
            // The order of columns is no difference.
            ("ORDINAL_POSITION", MODELLED),
            ("COLUMN_DEFAULT", MODELLED),
            ("IS_NULLABLE", MODELLED),
            ("DATA_TYPE", FOLLOWS),
            ("CHARACTER_MAXIMUM_LENGTH", FOLLOWS),
            ("CHARACTER_OCTET_LENGTH", FOLLOWS),
            ("NUMERIC_PRECISION", FOLLOWS),
            ("NUMERIC_SCALE", FOLLOWS),
            ("DATETIME_PRECISION", FOLLOWS),
            ("CHARACTER_SET_NAME", FOLLOWS),
            ("COLLATION_NAME", MODELLED),
            ("COLUMN_TYPE", MODELLED),
            ("COLUMN_KEY", FOLLOWS),
            ("EXTRA", MODELLED),
            ("PRIVILEGES", DATA),
            ("COLUMN_COMMENT", MODELLED),
            ("IS_GENERATED", FOLLOWS),
            ("GENERATION_EXPRESSION", MODELLED),
        ],
    ),
    (
        "STATISTICS",
        &[
            ("TABLE_CATALOG", NAME),
            ("TABLE_SCHEMA", NAME),
            ("TABLE_NAME", NAME),
            ("NON_UNIQUE", MODELLED),
            ("INDEX_SCHEMA", NAME),
            ("INDEX_NAME", NAME),
            ("SEQ_IN_INDEX", MODELLED),
            ("COLUMN_NAME", MODELLED),
            ("COLLATION", MODELLED),
            ("CARDINALITY", DATA),
            ("SUB_PART", MODELLED),
            ("PACKED", DATA),
            ("NULLABLE", FOLLOWS),
            ("INDEX_TYPE", MODELLED),
            // Whether the server has switched it off.
            ("COMMENT", DATA),
            ("INDEX_COMMENT", NAMED),
            ("IGNORED", MODELLED),
        ],
    ),
    (
        "KEY_COLUMN_USAGE",
        &[
            ("CONSTRAINT_CATALOG", NAME),
            ("CONSTRAINT_SCHEMA", NAME),
            ("CONSTRAINT_NAME", NAME),
            ("TABLE_CATALOG", NAME),
            ("TABLE_SCHEMA", NAME),
            ("TABLE_NAME", NAME),
            ("COLUMN_NAME", MODELLED),
            ("ORDINAL_POSITION", MODELLED),
            ("POSITION_IN_UNIQUE_CONSTRAINT", FOLLOWS),
            ("REFERENCED_TABLE_SCHEMA", MODELLED),
            ("REFERENCED_TABLE_NAME", MODELLED),
            ("REFERENCED_COLUMN_NAME", MODELLED),
        ],
    ),
    (
        "REFERENTIAL_CONSTRAINTS",
        &[
            ("CONSTRAINT_CATALOG", NAME),
            ("CONSTRAINT_SCHEMA", NAME),
            ("CONSTRAINT_NAME", NAME),
            ("UNIQUE_CONSTRAINT_CATALOG", NAME),
            ("UNIQUE_CONSTRAINT_SCHEMA", NAME),
            ("UNIQUE_CONSTRAINT_NAME", FOLLOWS),
            // The server reads MATCH and forgets it.
            ("MATCH_OPTION", DATA),
            ("UPDATE_RULE", MODELLED),
            ("DELETE_RULE", MODELLED),
            ("TABLE_NAME", NAME),
            ("REFERENCED_TABLE_NAME", FOLLOWS),
        ],
    ),
    (
        "CHECK_CONSTRAINTS",
        &[
            ("CONSTRAINT_CATALOG", NAME),
            ("CONSTRAINT_SCHEMA", NAME),
            ("TABLE_NAME", NAME),
            ("CONSTRAINT_NAME", NAME),
            ("LEVEL", MODELLED),
            ("CHECK_CLAUSE", MODELLED),
        ],
    ),
];

#[test]
fn every_column_about_tables_is_on_the_list() {
    let database = Database::create();
    for (table, known) in COLUMNS {
        let sql = format!(
            "SELECT CAST(COLUMN_NAME AS CHAR) AS line FROM information_schema.COLUMNS \
             WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = '{table}' \
             ORDER BY ORDINAL_POSITION"
        );
        let found = lines(&mut database.connect(), &sql);
        let known: Vec<_> = known.iter().map(|(column, _)| (*column).to_owned()).collect();
        assert_eq!(found, known, "{table}: nobody thought of what is new");
    }
}

/// `pull` names it, other changes of the table keep it, and a change of the index is refused.
#[test]
fn the_comment_of_an_index_is_kept_or_the_change_is_refused() {
    let database = Database::create();
    database.must("CREATE TABLE t (id INT PRIMARY KEY, x INT NOT NULL, KEY t_x (x) COMMENT 'why')");
    let models = |keys: &str| {
        format!(
            "diesel::table! {{ t (id) {{ id -> Integer, x -> Integer, y -> Integer, }} }}\n\
             glowplug::ddl! {{ table t {{ index t_x ({keys}); }} }}\n"
        )
    };
    let project = Project::new()
        .file(".env", &format!("DATABASE_URL={}\n", database.url))
        .file("schema.rs", &models("x"));
    project.run("pull --output pulled.rs").exit(0);
    assert!(project.read("pulled.rs").contains("comment of the index `t_x` of `t`"));
    project.run("create").exit(0);
    project.run("migrate").exit(0);
    let shown = database.fingerprint().join("\n");
    assert!(shown.contains("KEY `t_x` (`x`) COMMENT 'why'") && shown.contains("`y`"), "{shown}");
    project.write("schema.rs", models("x, id"));
    project.run("create").exit(4).stderr_has("index `t_x` of `t`: it has a comment");
}
