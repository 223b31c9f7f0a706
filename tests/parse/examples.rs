//! One set of examples, compiled by rustc and read by the parser: the two cannot drift apart.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use glowplug::backend::Backend;
use glowplug::model::*;
use glowplug::parse::{ParseOptions, read_models};

/// Each file of `tests/grammar` is a module here, which rustc compiles, and a test, which reads it.
macro_rules! examples {
    ( $( $name:ident $path:literal; )+ ) => {
        $( #[path = $path] mod $name; )+

        const EXAMPLES: &[&str] = &[ $( stringify!($name) ),+ ];
    };
}

examples! {
    blocks "../grammar/blocks.rs";
    columns "../grammar/columns.rs";
    constraints "../grammar/constraints.rs";
    gates "../grammar/gates.rs";
    indexes "../grammar/indexes.rs";
    names "../grammar/names.rs";
    objects "../grammar/objects.rs";
    postgres "../grammar/postgres.rs";
    sqlite "../grammar/sqlite.rs";
    types "../grammar/types.rs";
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/grammar")
}

fn options(name: &str, backend: Backend) -> ParseOptions {
    assert!(EXAMPLES.contains(&name), "{name} is not compiled");
    let mut options = ParseOptions::new(folder(), backend);
    options.paths = vec![format!("{name}.rs").into()];
    options
}

fn read(name: &str, backend: Backend) -> Schema {
    let models = read_models(&options(name, backend)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(models.warnings, []);
    models.schema
}

fn table<'a>(schema: &'a Schema, name: &str) -> &'a Table {
    schema.table(&name.into()).unwrap_or_else(|| panic!("no table {name}"))
}

fn column<'a>(schema: &'a Schema, table_name: &str, name: &str) -> &'a Column {
    table(schema, table_name).column(name).unwrap_or_else(|| panic!("no column {name}"))
}

#[test]
fn every_example_is_compiled_and_read() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let listed: BTreeSet<String> = EXAMPLES.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(files, listed);

    let tests = include_str!("examples.rs");
    for name in EXAMPLES {
        assert!(tests.contains(&format!("read({name:?}, ")), "no test reads {name}");
    }
}

#[test]
fn columns_have_attributes() {
    let schema = read("columns", Backend::Sqlite);
    let article = table(&schema, "article");
    assert!(article.described);
    let names: Vec<_> = article.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "id",
            "slug",
            "title",
            "price",
            "quantity",
            "total",
            "doubled",
            "weight",
            "created_at",
            "code"
        ]
    );
    assert_eq!(
        article.primary_key,
        Some(PrimaryKey {
            options: Default::default(),
            name: None,
            columns: vec!["id".to_owned()]
        })
    );
    let column = |name| column(&schema, "article", name);
    assert_eq!(column("id").identity, Identity::ByDefault);
    assert_eq!(column("slug").collation.as_deref(), Some("NOCASE"));
    assert_eq!(column("slug").comment.as_deref(), Some("as typed"));
    assert_eq!(column("title").default.as_deref(), Some(r#"'say "hi"'"#));
    assert_eq!(column("title").comment, None);
    assert!(column("title").nullable);
    assert!(!column("slug").nullable);
    assert_eq!(
        column("total").generated,
        Some(Generated {
            expression: "price * quantity".to_owned(),
            storage: GeneratedStorage::Stored
        })
    );
    assert_eq!(
        column("doubled").generated,
        Some(Generated { expression: "price * 2".to_owned(), storage: GeneratedStorage::Virtual })
    );
    assert_eq!(column("weight").sql_type.native.as_deref(), Some("numeric(12,2)"));
    assert_eq!(column("weight").sql_type.diesel, Some(DieselType::new("Numeric")));
    assert_eq!(column("weight").default.as_deref(), Some("0"));
    assert_eq!(column("created_at").default.as_deref(), Some("CURRENT_TIMESTAMP"));
    let code = column("code");
    assert_eq!(code.sql_type.native, None);
    assert_eq!(code.collation, None);
    assert_eq!(code.sql_type.max_length, Some(40));
    assert_eq!(code.sql_type.diesel, Some(DieselType::new("Text")));
}

#[test]
fn sql_is_picked_by_backend() {
    let schema = read("columns", Backend::Postgres);
    let column = |name| column(&schema, "article", name);
    assert_eq!(column("created_at").default.as_deref(), Some("now()"));
    assert_eq!(column("code").sql_type.native.as_deref(), Some("varchar(40)"));
    assert_eq!(column("code").collation.as_deref(), Some("C"));
    assert_eq!(column("doubled").generated.as_ref().unwrap().expression, "price + price");

    let schema = read("columns", Backend::Mysql);
    assert_eq!(table(&schema, "article").column("doubled").unwrap().generated, None);
    assert_eq!(table(&schema, "article").column("created_at").unwrap().default, None);
    assert_eq!(table(&schema, "ticket").columns[1].comment.as_deref(), Some("two"));
}

#[test]
fn identities_are_told_apart() {
    let schema = read("columns", Backend::Postgres);
    let identity = |table, name| column(&schema, table, name).identity;
    assert_eq!(identity("counter", "id"), Identity::Always);
    assert_eq!(identity("counter", "at"), Identity::Unstated);
    assert_eq!(identity("ticket", "id"), Identity::Serial);
    assert_eq!(identity("country", "number"), Identity::Unassigned);
    assert_eq!(identity("node", "id"), Identity::Rowid);
}

#[test]
fn what_only_postgresql_knows_is_read_for_it_alone() {
    let schema = read("postgres", Backend::Postgres);
    let place = table(&schema, "place");
    let key = place.primary_key.as_ref().unwrap();
    assert_eq!(key.options.include, ["region", "number"]);
    assert_eq!(key.options.deferrable, Deferrable::InitiallyImmediate);
    let nulls: Vec<_> = place.uniques.iter().map(|u| u.options.nulls_not_distinct).collect();
    assert_eq!(nulls, [true, false, true]);
    assert_eq!(place.uniques[1].options.deferrable, Deferrable::InitiallyDeferred);
    assert_eq!(place.indexes[0].options.with, ["fillfactor = 70"]);
    assert!(place.indexes[1].options.nulls_not_distinct && place.indexes[1].unique);

    let booking = table(&schema, "booking");
    let note = column(&schema, "booking", "note");
    assert_eq!(
        (note.storage.as_deref(), note.compression.as_deref()),
        (Some("external"), Some("lz4"))
    );
    let checks: Vec<_> = booking
        .checks
        .iter()
        .map(|c| (c.name.as_deref(), c.options.no_inherit, c.options.not_valid))
        .collect();
    assert_eq!(
        checks,
        [
            (None, true, false),
            (Some("positive"), false, true),
            (Some("odd"), true, true),
            (None, false, true)
        ]
    );
    let exclusions: Vec<_> =
        booking.exclusions.iter().map(|e| (e.name.as_deref(), e.deferrable)).collect();
    assert_eq!(
        exclusions,
        [
            (None, Deferrable::NotDeferrable),
            (Some("apart"), Deferrable::InitiallyImmediate),
            (Some("odd too"), Deferrable::InitiallyDeferred),
            (None, Deferrable::InitiallyImmediate),
        ]
    );
    let [full, number] = booking.foreign_keys.as_slice() else { panic!("two foreign keys") };
    assert!(full.options.match_full && full.options.not_valid);
    assert_eq!(full.options.set_columns, ["number"]);
    assert_eq!(number.on_delete, ReferentialAction::SetDefault);
    assert_eq!(number.deferrable, Deferrable::InitiallyImmediate);

    assert!(place.options.unlogged);
    assert_eq!(place.options.with, ["fillfactor = 80", "toast.autovacuum_enabled = false"]);

    let other = read("postgres", Backend::Sqlite);
    assert!(other.definitions.is_empty());
    let options = &table(&other, "place").options;
    assert!(!options.unlogged && options.with.is_empty());
    let booking = table(&other, "booking");
    assert!(booking.exclusions.is_empty() && column(&other, "booking", "note").storage.is_none());
    assert!(booking.checks.iter().all(|check| check.options.is_default()));
    assert!(table(&other, "place").uniques.iter().all(|unique| unique.options.is_default()));
}

#[test]
fn what_only_sqlite_knows_is_read_for_it_alone() {
    use Conflict::{Fail, Ignore, Replace, Rollback};
    use SortOrder::{Ascending, Descending};
    let schema = read("sqlite", Backend::Sqlite);
    let item = table(&schema, "item");
    let part =
        |order, collation: Option<&str>| KeyPart { order, collation: collation.map(str::to_owned) };
    let key = item.primary_key.as_ref().unwrap();
    assert_eq!(key.options.parts, [part(Descending, None)]);
    assert_eq!((&key.name, key.options.on_conflict), (&None, Some(Replace)));
    let uniques: Vec<_> = item
        .uniques
        .iter()
        .map(|u| (u.name.as_deref(), u.options.parts.clone(), u.options.on_conflict))
        .collect();
    assert_eq!(
        uniques,
        [
            (None, vec![part(Descending, None), part(Ascending, Some("RTRIM"))], Some(Fail)),
            (Some("once"), vec![part(Ascending, None), part(Descending, Some("NOCASE"))], None),
            (Some("odd name"), vec![part(Ascending, Some("BINARY")), part(Ascending, None)], None),
        ]
    );
    let checks: Vec<_> = item.checks.iter().map(|check| check.options.on_conflict).collect();
    assert_eq!(checks, [Some(Fail), Some(Rollback)]);
    let options = |name: &str| column(&schema, "item", name).options.clone();
    let said = |name: &str| Some(name.to_owned());
    let none = ColumnOptions::default();
    assert_eq!(
        options("code"),
        ColumnOptions {
            not_null: said("code_there"),
            on_conflict: Some(Ignore),
            collation: said("code_any_case"),
            ..none.clone()
        }
    );
    assert_eq!(
        options("label"),
        ColumnOptions { on_conflict: Some(Rollback), default: said("label empty"), ..none.clone() }
    );
    assert_eq!(options("note"), ColumnOptions { default: said("note_usual"), ..none.clone() });
    assert_eq!(
        options("quantity"),
        ColumnOptions { not_null: said("quantity there"), ..none.clone() }
    );
    assert_eq!(options("twice"), ColumnOptions { generated: said("computed"), ..none.clone() });
    let place = table(&schema, "place");
    let key = place.primary_key.as_ref().unwrap();
    assert_eq!(key.name.as_deref(), Some("place key"));
    assert_eq!(key.options.parts, [part(Ascending, Some("NOCASE")), part(Descending, None)]);
    assert_eq!(place.uniques[0].name.as_deref(), Some("on"));

    for backend in [Backend::Postgres, Backend::Mysql] {
        let other = read("sqlite", backend);
        for table in other.tables.values() {
            assert!(table.primary_key.as_ref().unwrap().options.is_default());
            assert!(table.uniques.iter().all(|unique| unique.options.is_default()));
            assert!(table.checks.iter().all(|check| check.options.is_default()));
            for column in &table.columns {
                // PostgreSQL names NOT NULL too, since version 18.
                let named = match backend {
                    Backend::Postgres => options_of(&schema, &table.name, &column.name).not_null,
                    Backend::Sqlite | Backend::Mysql => None,
                };
                let expected = ColumnOptions { not_null: named, ..ColumnOptions::default() };
                assert_eq!(column.options, expected, "{} {}", table.name, column.name);
            }
        }
    }
}

fn options_of(schema: &Schema, table: &QualifiedName, column: &str) -> ColumnOptions {
    let columns = &schema.tables[table].columns;
    columns.iter().find(|it| it.name == column).expect("a column").options.clone()
}

#[test]
fn definitions_are_read_for_postgresql_alone() {
    let definitions = read("postgres", Backend::Postgres).definitions;
    let titles: Vec<_> = definitions.iter().map(Definition::title).collect();
    assert_eq!(
        titles,
        [
            "domain `email`",
            "domain `audit.price`",
            "domain `Odd`",
            "composite type `address`",
            "composite type `pair`",
            "composite type `nothing`",
            "range type `floatrange`",
            "sequence `counter`",
            "sequence `audit.counter`",
        ]
    );
    let DefinitionBody::Domain(price) = &definitions[1].body else { panic!("a domain") };
    assert_eq!((price.native.as_str(), price.not_null), ("numeric(12,2)", true));
    assert_eq!((price.default.as_deref(), price.collation.as_deref()), (Some("0"), Some("C")));
    let checks: Vec<_> =
        price.checks.iter().map(|it| (it.name.as_deref(), it.options.not_valid)).collect();
    assert_eq!(checks, [(None, false), (Some("sensible"), true), (Some("odd name"), false)]);
    let DefinitionBody::Composite { attributes } = &definitions[3].body else {
        panic!("a composite type")
    };
    assert_eq!(attributes[1], ("House No".to_owned(), "integer".to_owned()));
    let DefinitionBody::Sequence { parameters } = &definitions[8].body else {
        panic!("a sequence")
    };
    assert_eq!((parameters["increment"].as_str(), parameters.len()), ("-1", 4));
    let comments: Vec<_> = definitions.iter().filter_map(|it| it.comment.as_deref()).collect();
    assert_eq!(comments, ["what it's worth", "of one", "from … to", "; -- "]);
}

#[test]
fn constraints_have_names_and_columns() {
    let schema = read("constraints", Backend::Sqlite);
    let org = table(&schema, "org");
    let strings = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let unique = |name: Option<&str>, columns: &[&str]| UniqueConstraint {
        options: Default::default(),
        name: name.map(str::to_owned),
        columns: strings(columns),
    };
    assert_eq!(org.uniques, [unique(Some("org_place"), &["region", "number"])]);
    assert_eq!(
        org.primary_key,
        Some(PrimaryKey {
            options: Default::default(),
            name: Some("org key".to_owned()),
            columns: strings(&["id"])
        })
    );

    let member = table(&schema, "member");
    assert_eq!(
        member.uniques,
        [unique(None, &["email"]), unique(Some("by \"mail\""), &["email", "status"])]
    );
    let checks: Vec<_> =
        member.checks.iter().map(|c| (c.name.as_deref(), c.expression.as_str())).collect();
    assert_eq!(
        checks,
        [
            (None, "length(email) > 3"),
            (Some("status_known"), "status IN ('a', 'b')"),
            (Some("odd name"), "org_number > 0"),
            (None, "email GLOB '*@*'"),
        ]
    );
    assert_eq!(
        member.primary_key,
        Some(PrimaryKey {
            options: Default::default(),
            name: Some("member_key".to_owned()),
            columns: strings(&["org_region", "org_number", "id"]),
        })
    );
    assert_eq!(table(&schema, "journal").primary_key, None);

    let schema = read("constraints", Backend::Postgres);
    let checks = &table(&schema, "member").checks;
    assert_eq!(checks[3].expression, "email ~ '@'");
    assert_eq!(checks[4].name.as_deref(), Some("only_postgres"));
}

#[test]
fn foreign_keys_have_targets_and_actions() {
    use Deferrable::*;
    use ReferentialAction::*;
    let schema = read("constraints", Backend::Sqlite);
    let keys: Vec<_> = table(&schema, "member")
        .foreign_keys
        .iter()
        .map(|k| {
            (
                k.name.as_deref(),
                k.columns.join(","),
                format!("{}({})", k.foreign_table, k.foreign_columns.join(",")),
                (k.on_delete, k.on_update, k.deferrable),
            )
        })
        .collect();
    let key = |name, columns: &str, target: &str, rest| {
        (name, columns.to_owned(), target.to_owned(), rest)
    };
    assert_eq!(
        keys,
        [
            key(None, "org_id", "org(id)", (NoAction, NoAction, NotDeferrable)),
            key(
                Some("member_place"),
                "org_region,org_number",
                "org(region,number)",
                (Cascade, Restrict, NotDeferrable)
            ),
            key(Some("odd key"), "boss_id", "member(id)", (SetNull, SetDefault, InitiallyDeferred)),
            key(None, "actor_id", "audit.actor(id)", (NoAction, NoAction, InitiallyImmediate)),
            key(None, "status", "status(name)", (NoAction, NoAction, InitiallyImmediate)),
        ]
    );
    let [joinable] = schema.joinables.as_slice() else { panic!("{:?}", schema.joinables) };
    assert_eq!(
        (joinable.child.to_string(), joinable.parent.to_string(), joinable.column.as_str()),
        ("member".to_owned(), "org".to_owned(), "org_id")
    );
    let origin = joinable.origin.as_ref().unwrap();
    assert_eq!((origin.file.as_path(), origin.line), (Path::new("constraints.rs"), 24));
}

#[test]
fn indexes_have_keys_and_options() {
    let schema = read("indexes", Backend::Postgres);
    let indexes = &table(&schema, "post").indexes;
    let plain = Index {
        options: Default::default(),
        name: None,
        unique: false,
        parts: vec![IndexPart::column("author")],
        predicate: None,
        method: None,
        include: Vec::new(),
        stored: None,
    };
    assert_eq!(indexes[0], plain);
    let descending = IndexPart { order: SortOrder::Descending, ..IndexPart::column("created_at") };
    assert_eq!(
        indexes[1],
        Index {
            name: Some("post_recent".to_owned()),
            parts: vec![descending, IndexPart::column("id")],
            predicate: Some("deleted_at IS NULL".to_owned()),
            ..plain.clone()
        }
    );
    let title = IndexPart {
        nulls: Some(NullsOrder::First),
        collation: Some("C".to_owned()),
        operator_class: Some("text_pattern_ops".to_owned()),
        ..IndexPart::column("title")
    };
    assert_eq!(
        indexes[2],
        Index { name: Some("by title".to_owned()), parts: vec![title], ..plain.clone() }
    );
    assert!(indexes[3].unique && indexes[3].name.is_none());
    assert_eq!(indexes[4].predicate.as_deref(), Some("(deleted_at IS NULL)"));
    let lower = IndexPart {
        key: IndexKey::Expression("lower(author)".to_owned()),
        order: SortOrder::Descending,
        nulls: Some(NullsOrder::Last),
        ..IndexPart::column("")
    };
    let body = IndexPart { length: Some(20), ..IndexPart::column("body") };
    assert_eq!(indexes[5].parts, [lower, body]);
    assert_eq!(indexes[6].method.as_deref(), Some("gin"));
    assert_eq!(indexes[7].include, ["title", "body"]);
    assert_eq!(indexes[7].method.as_deref(), Some("btree"));
    assert_eq!(indexes[7].predicate.as_deref(), Some("id > 0"));
    assert_eq!(indexes[8].parts[0].key, IndexKey::Expression("(body::jsonb)".to_owned()));
    assert_eq!(indexes.len(), 9, "an index whose SQL is for SQLite only is not there");

    let schema = read("indexes", Backend::Sqlite);
    let names: Vec<_> =
        table(&schema, "post").indexes.iter().filter_map(|i| i.name.as_deref()).collect();
    assert_eq!(
        names,
        ["post_recent", "by title", "post_live", "post_body", "post_cover", "post_only_sqlite"]
    );
}

#[test]
fn objects_are_read() {
    let schema = read("objects", Backend::Postgres);
    let enums: Vec<_> =
        schema.enums.values().map(|e| (e.name.to_string(), e.values.join("|"))).collect();
    assert_eq!(
        enums,
        [
            ("Odd Name".to_owned(), String::new()),
            ("mood".to_owned(), "sad|ok|it's \"happy\"".to_owned()),
            ("audit.level".to_owned(), "low|high".to_owned()),
        ]
    );
    let views: Vec<_> = schema
        .views
        .values()
        .map(|v| (v.name.to_string(), v.definition.as_str(), v.materialized))
        .collect();
    assert_eq!(
        views,
        [
            ("Odd View".to_owned(), "SELECT 3", false),
            ("no_index".to_owned(), "SELECT 1 AS x", true),
            ("sad_session".to_owned(), "SELECT 2", false),
            ("session_day".to_owned(), "SELECT id, mood FROM session", true),
            (
                "audit.happy_session".to_owned(),
                "SELECT id FROM session WHERE mood = 'happy'",
                false
            ),
            (
                "audit.mood_count".to_owned(),
                "SELECT mood, count(*) FROM session GROUP BY mood",
                true
            ),
            ("audit.mood_day".to_owned(), "SELECT mood FROM session", true),
        ]
    );
    let view = |name: QualifiedName| &schema.views[&name];
    let (by_hand, kept) =
        (view("session_day".into()), view(QualifiedName::in_schema("audit", "mood_count")));
    assert!(by_hand.described && !kept.described && view("no_index".into()).described);
    let names: Vec<_> = by_hand.indexes.iter().map(|index| index.name.as_deref()).collect();
    assert_eq!(names, [None, Some("by_mood")]);
    assert_eq!(by_hand.indexes[0].include, ["mood"]);
    let odd = &view(QualifiedName::in_schema("audit", "mood_day")).indexes[0];
    assert!(odd.unique && odd.include == ["the id", "n"], "{odd:?}");
    let tables: Vec<_> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["session"], "a `table!` that names a view describes that view");
    assert_eq!(schema.joinables, [], "and is joined to nothing");
    let extensions: Vec<_> = schema.others.iter().map(|o| o.name.to_string()).collect();
    assert_eq!(extensions, ["citext", "uuid-ossp"]);

    let session = table(&schema, "session");
    assert_eq!(session.comment.as_deref(), Some("what it's for"));
    assert!(!session.options.strict && !session.options.without_rowid);
    assert_eq!(session.options.engine, None);
    let options: Vec<_> =
        session.options.others.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(options, [("FILLFACTOR", "70"), ("ROW_FORMAT", "DYNAMIC")]);

    let schema = read("objects", Backend::Sqlite);
    let session = table(&schema, "session");
    assert!(session.options.strict && session.options.without_rowid);
    assert!(!schema.views.contains_key(&"Odd View".into()));
    let schema = read("objects", Backend::Mysql);
    assert_eq!(table(&schema, "session").options.engine.as_deref(), Some("InnoDB"));
}

#[test]
fn names_are_resolved() {
    let schema = read("names", Backend::Postgres);
    let order = table(&schema, "Order");
    let names: Vec<_> = order.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["type", "unique", "index", "select", "wei\"rd näme", "mail"]);
    assert_eq!(order.primary_key.as_ref().unwrap().columns, ["type", "unique"]);
    assert_eq!(order.comment.as_deref(), Some("from elsewhere"));
    assert_eq!(order.columns[0].default.as_deref(), Some("'x'"));
    assert_eq!(order.columns[2].default.as_deref(), Some("'y'"));
    assert_eq!(order.columns[3].default.as_deref(), Some("'z'"));
    assert_eq!(order.columns[5].renamed_from, ["old_mail"]);
    assert_eq!(order.uniques[0].columns, ["index"]);
    assert!(order.indexes[0].unique);
    assert_eq!(order.indexes[0].parts, [IndexPart::column("unique")]);
    assert_eq!(order.indexes[1].name.as_deref(), Some("index"));
    assert_eq!(
        order.indexes[1].parts,
        [IndexPart::column("wei\"rd näme"), IndexPart::column("select")]
    );
    assert_eq!(order.checks[0].name.as_deref(), Some("check"));

    let audited = schema.table(&QualifiedName::in_schema("audit", "event")).unwrap();
    assert_eq!(audited.renamed_from, ["log"]);
    assert_eq!(audited.foreign_keys[0].foreign_table, "Order".into());
    assert_eq!(audited.foreign_keys[0].foreign_columns, ["type"]);
    assert_eq!(audited.indexes.len(), 1);
    let billed = schema.table(&QualifiedName::in_schema("billing", "event")).unwrap();
    assert_eq!(billed.columns[1].default.as_deref(), Some("0"));
    assert_eq!(billed.indexes[0].name.as_deref(), Some("event_amount"));
    assert_eq!(schema.tables.len(), 3);
}

#[test]
fn types_have_canonical_names() {
    let schema = read("types", Backend::Sqlite);
    let types: Vec<_> = table(&schema, "plain")
        .columns
        .iter()
        .map(|c| (c.sql_type.diesel.as_ref().unwrap().to_string(), c.nullable))
        .collect();
    let expected = [
        ("Integer", false),
        ("SmallInt", false),
        ("BigInt", true),
        ("Float", false),
        ("Double", false),
        ("Bool", false),
        ("Text", false),
        ("Binary", true),
        ("Numeric", false),
        ("Json", false),
        ("Date", false),
        ("TimestamptzSqlite", false),
        ("Mood", false),
        ("Mood", true),
    ];
    assert_eq!(types, expected.map(|(name, nullable)| (name.to_owned(), nullable)));
    assert_eq!(column(&schema, "plain", "name").sql_type.max_length, Some(20));
    assert!(column(&schema, "plain", "mood").sql_type.diesel.as_ref().unwrap().custom);
    assert!(!column(&schema, "plain", "id").sql_type.diesel.as_ref().unwrap().custom);
    assert!(schema.table(&"rich".into()).is_none(), "the feature is off");

    assert_eq!(column(&schema, "plain", "mood").sql_type.native, None);

    let mut options = options("types", Backend::Postgres);
    options.features = vec!["postgres".to_owned()];
    let schema = read_models(&options).unwrap().schema;
    assert_eq!(
        column(&schema, "plain", "mood").sql_type.native.as_deref(),
        Some("audit.mood_kind")
    );
    assert_eq!(column(&schema, "plain", "id").sql_type.native, None);
    let types: Vec<_> = table(&schema, "rich")
        .columns
        .iter()
        .map(|c| c.sql_type.diesel.as_ref().unwrap().to_string())
        .collect();
    assert_eq!(
        types,
        [
            "Uuid",
            "Array<Nullable<Text>>",
            "Range<Integer>",
            "Multirange<Timestamptz>",
            "Record<Integer, Text>",
            "Binary",
            "Timestamptz",
            "Inet"
        ]
    );
}

#[test]
fn gates_are_honoured() {
    let schema = read("gates", Backend::Sqlite);
    let tables: Vec<_> = schema.tables.keys().map(ToString::to_string).collect();
    assert_eq!(tables, ["always"]);
    let note = column(&schema, "always", "note");
    assert_eq!(note.sql_type.diesel, Some(DieselType::new("Text")));
    assert_eq!(note.default.as_deref(), Some("'x'"));
}

#[test]
fn blocks_of_one_table_are_merged() {
    let schema = read("blocks", Backend::Sqlite);
    let early = table(&schema, "early");
    assert_eq!(early.columns[1].default.as_deref(), Some("'early'"));
    assert_eq!((early.indexes.len(), early.uniques.len()), (1, 1));
    assert!(table(&schema, "empty").described);
    assert!(!table(&schema, "silent").described);
}
