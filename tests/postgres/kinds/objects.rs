//! One object of each kind, and what becomes of it.

use super::Fate::{self, Goes, Refused, Survives};

#[derive(Clone, Copy)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// The first major version that has it.
    pub(super) since: u32,
    pub(super) setup: &'static str,
    /// What a refusal says of it.
    pub(super) told: &'static str,
    /// What becomes of it when the column is dropped, gets another type, gets another name; `None`
    /// where it does not stand on the column.
    pub(super) fates: [Option<Fate>; 3],
    /// What becomes of a change elsewhere in the table.
    pub(super) unrelated: Fate,
    /// What the models say of it.
    pub(super) columns: &'static str,
    /// What must go before the database can.
    pub(super) cleanup: &'static str,
}

const S: Option<Fate> = Some(Survives);
const R: Option<Fate> = Some(Refused);
const GOES: Option<Fate> = Some(Goes);
/// It has nothing to do with the column.
const BESIDE: [Option<Fate>; 3] = [None, None, None];

const fn kind(name: &'static str, setup: &'static str, fates: [Option<Fate>; 3]) -> Kind {
    Kind {
        name,
        since: 13,
        setup,
        told: "obj",
        fates,
        unrelated: Survives,
        columns: "",
        cleanup: "",
    }
}

const fn with(columns: &'static str, kind: Kind) -> Kind {
    Kind { columns, ..kind }
}

const fn forbids(kind: Kind) -> Kind {
    Kind { unrelated: Refused, ..kind }
}

const fn since(since: u32, kind: Kind) -> Kind {
    Kind { since, ..kind }
}

pub(super) const KINDS: &[Kind] = &[
    kind("view", "CREATE VIEW obj AS SELECT id, used FROM thing;", [R, S, S]),
    kind("view with all that hangs on it",
        "CREATE VIEW obj WITH (security_barrier) AS SELECT id, used FROM thing WHERE used > 0 WITH CHECK OPTION;
        COMMENT ON VIEW obj IS 'a \\ ''view'''; COMMENT ON COLUMN obj.id IS 'its key';
        ALTER VIEW obj ALTER COLUMN id SET DEFAULT 7; ALTER VIEW obj OWNER TO glowplug_reader;
        GRANT SELECT, UPDATE ON obj TO PUBLIC; GRANT INSERT (id) ON obj TO glowplug_reader WITH GRANT OPTION;
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER t INSTEAD OF DELETE ON obj FOR EACH ROW EXECUTE FUNCTION f();
        CREATE RULE r AS ON INSERT TO obj DO INSTEAD NOTHING;", [R, S, S]),
    kind("views on a view", "CREATE VIEW a_obj AS SELECT id, used FROM thing;
        CREATE VIEW obj AS SELECT count(used) AS n FROM a_obj; CREATE VIEW c_obj AS SELECT n FROM obj;
        GRANT SELECT ON obj TO glowplug_reader;", [R, S, S]),
    kind("materialised view", "CREATE MATERIALIZED VIEW obj WITH (fillfactor = 70) AS SELECT id, used FROM thing;
        CREATE UNIQUE INDEX obj_id ON obj (id); COMMENT ON INDEX obj_id IS 'one'; COMMENT ON MATERIALIZED VIEW obj IS 'rows';
        CREATE VIEW over AS SELECT * FROM obj; GRANT SELECT ON obj TO glowplug_reader;", [R, S, S]),
    kind("materialised view without rows", "CREATE MATERIALIZED VIEW obj AS SELECT used FROM thing WITH NO DATA;", [R, S, S]),
    kind("view in another schema", "CREATE SCHEMA other; CREATE VIEW other.obj AS SELECT used FROM thing;", [R, R, S]),
    kind("rule", "CREATE RULE obj AS ON DELETE TO thing WHERE old.used > 5 DO INSTEAD NOTHING;", [R, R, S]),
    kind("trigger with a condition", "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER obj BEFORE UPDATE ON thing FOR EACH ROW WHEN (NEW.used > 1) EXECUTE FUNCTION f();
        COMMENT ON TRIGGER obj ON thing IS 'it';", [R, R, S]),
    kind("trigger of a column", "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER obj BEFORE UPDATE OF used ON thing FOR EACH ROW EXECUTE FUNCTION f();", [R, R, S]),
    kind("triggers, switched off and always on", "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE TRIGGER obj BEFORE UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE thing DISABLE TRIGGER obj;
        CREATE TRIGGER obj2 BEFORE UPDATE ON thing FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE thing ENABLE ALWAYS TRIGGER obj2;
        CREATE CONSTRAINT TRIGGER obj3 AFTER INSERT ON thing DEFERRABLE FOR EACH ROW EXECUTE FUNCTION f();
        CREATE TRIGGER obj4 AFTER UPDATE ON thing REFERENCING NEW TABLE AS news FOR EACH STATEMENT EXECUTE FUNCTION f();", BESIDE),
    kind("policy", "ALTER TABLE thing ENABLE ROW LEVEL SECURITY; ALTER TABLE thing FORCE ROW LEVEL SECURITY;
        CREATE POLICY obj ON thing FOR SELECT TO glowplug_reader USING (used > 0); COMMENT ON POLICY obj ON thing IS 'it';", [R, R, S]),
    kind("policy of another table", "CREATE TABLE other (id int PRIMARY KEY); ALTER TABLE other ENABLE ROW LEVEL SECURITY;
        CREATE POLICY obj ON other USING (EXISTS (SELECT FROM thing WHERE thing.used = other.id));", [R, R, S]),
    kind("grants", "GRANT SELECT, DELETE ON thing TO glowplug_reader; GRANT UPDATE ON thing TO PUBLIC; GRANT INSERT ON thing TO glowplug_reader WITH GRANT OPTION;",
        BESIDE),
    Kind { told: "used", ..kind("grant on a column", "GRANT UPDATE (used) ON thing TO glowplug_reader;", [R, S, S]) },
    kind("owner", "ALTER TABLE thing OWNER TO glowplug_reader;", BESIDE),
    kind("statistics", "CREATE STATISTICS obj (dependencies) ON used, id FROM thing; COMMENT ON STATISTICS obj IS 'it';", [R, S, S]),
    // The server forgets it when it makes the statistics anew.
    kind("statistics with a target", "CREATE STATISTICS obj ON used, id FROM thing; ALTER STATISTICS obj SET STATISTICS 50;", [R, R, S]),
    since(14, kind("statistics on an expression", "CREATE STATISTICS obj ON (used + 1) FROM thing;", [R, S, S])),
    kind("publication", "CREATE PUBLICATION obj FOR TABLE thing;", BESIDE),
    since(15, kind("publication of columns", "CREATE PUBLICATION obj FOR TABLE thing (id, used);", [R, R, S])),
    since(15, kind("publication of rows", "CREATE PUBLICATION obj FOR TABLE thing WHERE (used > 1) WITH (publish = 'insert');", [R, R, S])),
    kind("publication of everything", "CREATE PUBLICATION obj FOR ALL TABLES;", BESIDE),
    since(15, kind("publication of a schema", "CREATE PUBLICATION obj FOR TABLES IN SCHEMA public;", BESIDE)),
    since(14, kind("function with a body that is parsed",
        "CREATE FUNCTION obj() RETURNS bigint BEGIN ATOMIC SELECT max(used) FROM thing; END;", [R, R, S])),
    kind("functions", "CREATE FUNCTION obj(a int) RETURNS int LANGUAGE sql AS 'SELECT a'; COMMENT ON FUNCTION obj IS 'it';
        GRANT EXECUTE ON FUNCTION obj TO glowplug_reader; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
        CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');", BESIDE),
    kind("replica identity", "ALTER TABLE thing REPLICA IDENTITY FULL;", BESIDE),
    kind("replica identity by an index", "CREATE UNIQUE INDEX obj ON thing (plain); ALTER TABLE thing REPLICA IDENTITY USING INDEX obj;", BESIDE),
    forbids(kind("inheritance", "CREATE TABLE obj (extra int) INHERITS (thing);", [R, R, R])),
    kind("foreign table", "CREATE FOREIGN DATA WRAPPER obj; CREATE SERVER obj FOREIGN DATA WRAPPER obj OPTIONS (a 'b');
        CREATE USER MAPPING FOR glowplug_reader SERVER obj OPTIONS (c 'd');
        CREATE FOREIGN TABLE obj (a int OPTIONS (e 'f')) SERVER obj;", BESIDE),
    kind("domain, composite, range and base types", "CREATE DOMAIN obj AS int DEFAULT 1 NOT NULL CHECK (value > 0); COMMENT ON DOMAIN obj IS 'it';
        CREATE TYPE pair AS (a int, b obj); CREATE TYPE reach AS RANGE (subtype = float8); CREATE TYPE shell;
        CREATE TABLE other (odd pair, far reach, d obj);", BESIDE),
    kind("exclusion constraint", "ALTER TABLE thing ADD CONSTRAINT obj EXCLUDE USING btree (used WITH =); COMMENT ON CONSTRAINT obj ON thing IS 'it';", [GOES, S, S]),
    kind("check that is not inherited", "ALTER TABLE thing ADD CONSTRAINT obj CHECK (used > 0) NO INHERIT;", [S, S, S]),
    kind("check that is not valid", "ALTER TABLE thing ADD CONSTRAINT obj CHECK (used > 1) NOT VALID;", [GOES, S, S]),
    kind("foreign key that is not valid", "CREATE TABLE other (id int PRIMARY KEY);
        ALTER TABLE thing ADD CONSTRAINT obj FOREIGN KEY (used) REFERENCES other NOT VALID;", [GOES, S, S]),
    with("also -> Nullable<Integer>,", kind("foreign key, match full", "CREATE TABLE other (a int, b int, UNIQUE (a, b)); INSERT INTO other VALUES (1, 1), (2, 2);
        ALTER TABLE thing ADD also int; UPDATE thing SET also = used;
        ALTER TABLE thing ADD CONSTRAINT obj FOREIGN KEY (used, also) REFERENCES other (a, b) MATCH FULL;", [R, S, S])),
    since(15, with("also -> Nullable<Integer>,", kind("foreign key that sets one column", "CREATE TABLE other (a int, b int, UNIQUE (a, b)); INSERT INTO other VALUES (1, 1), (2, 2);
        ALTER TABLE thing ADD also int; UPDATE thing SET also = used;
        ALTER TABLE thing ADD CONSTRAINT obj FOREIGN KEY (used, also) REFERENCES other (a, b) ON DELETE SET NULL (also);", [GOES, S, S]))),
    since(15, kind("unique, nulls not distinct", "ALTER TABLE thing ADD CONSTRAINT obj UNIQUE NULLS NOT DISTINCT (used);", [R, S, S])),
    kind("unique with a column besides", "ALTER TABLE thing ADD CONSTRAINT obj UNIQUE (used) INCLUDE (plain);", [GOES, S, S]),
    kind("unique that can wait", "ALTER TABLE thing ADD CONSTRAINT obj UNIQUE (used) DEFERRABLE INITIALLY DEFERRED;", [GOES, S, S]),
    kind("index with settings", "CREATE INDEX obj ON thing (used) WITH (fillfactor = 70); COMMENT ON INDEX obj IS 'it';", [GOES, S, S]),
    // A change that writes the table anew makes the index anew, too.
    forbids(kind("index that is not valid", "CREATE INDEX obj ON thing (used); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'obj'::regclass;", [R, None, S])),
    kind("index that the table is clustered by", "CREATE INDEX obj ON thing (plain, id); CLUSTER thing USING obj;
        CREATE INDEX obj2 ON thing ((id + 1)); ALTER INDEX obj2 ALTER COLUMN 1 SET STATISTICS 50;", BESIDE),
    kind("comments", "COMMENT ON TABLE thing IS 'it'; COMMENT ON COLUMN thing.id IS 'it'; COMMENT ON CONSTRAINT thing_pkey ON thing IS 'it';
        COMMENT ON SCHEMA public IS 'it';", BESIDE),
    Kind { told: "used", ..kind("planner settings of a column", "ALTER TABLE thing ALTER used SET STATISTICS 50, ALTER used SET (n_distinct = 5);", [R, S, S]) },
    with("big -> Nullable<Text>,", kind("storage of a column", "ALTER TABLE thing ADD big text; ALTER TABLE thing ALTER big SET STORAGE EXTERNAL;", BESIDE)),
    since(14, with("big -> Nullable<Text>,", kind("compression of a column", "ALTER TABLE thing ADD big text COMPRESSION pglz;", BESIDE))),
    with("big -> Nullable<Text>,", kind("options of a table", "ALTER TABLE thing ADD big text; ALTER TABLE thing SET (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);", BESIDE)),
    kind("unlogged table", "ALTER TABLE thing SET UNLOGGED;", BESIDE),
    with("number -> Nullable<Integer>,", kind("sequences", "CREATE SEQUENCE obj INCREMENT 5 CYCLE; COMMENT ON SEQUENCE obj IS 'it'; SELECT nextval('obj');
        GRANT USAGE ON SEQUENCE obj TO glowplug_reader; ALTER TABLE thing ADD number int DEFAULT nextval('obj');
        CREATE SEQUENCE mine OWNED BY thing.plain;", BESIDE)),
    kind("event trigger", "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
        CREATE EVENT TRIGGER obj ON sql_drop EXECUTE FUNCTION f();", BESIDE),
    kind("extension", "CREATE EXTENSION pg_trgm; CREATE INDEX obj ON thing USING gist (plain gist_trgm_ops (siglen = 32));", BESIDE),
    kind("text search", "CREATE TEXT SEARCH DICTIONARY obj (TEMPLATE = simple); CREATE TEXT SEARCH CONFIGURATION obj (COPY = simple);
        CREATE TEXT SEARCH PARSER obj (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
        CREATE TEXT SEARCH TEMPLATE obj (LEXIZE = dsimple_lexize);", BESIDE),
    with("tale -> Nullable<Text>,", kind("collation and conversion", "CREATE COLLATION obj (LOCALE = 'C'); ALTER TABLE thing ADD tale text COLLATE obj;
        CREATE CONVERSION obj FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1;", BESIDE)),
    kind("operators, casts and access methods", "CREATE FUNCTION f(a int, b int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT a > b';
        CREATE OPERATOR ==> (LEFTARG = int, RIGHTARG = int, FUNCTION = f); CREATE OPERATOR FAMILY obj USING btree;
        CREATE OPERATOR CLASS obj FOR TYPE int USING btree FAMILY obj AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int);
        CREATE FUNCTION g(bool) RETURNS text LANGUAGE sql AS 'SELECT $1::text'; CREATE TYPE pair AS (a int);
        CREATE CAST (pair AS int) WITH INOUT; CREATE ACCESS METHOD obj TYPE INDEX HANDLER bthandler;", BESIDE),
    kind("language", "CREATE LANGUAGE obj HANDLER plpgsql_call_handler;", BESIDE),
    kind("default privileges", "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO glowplug_reader;
        CREATE VIEW obj AS SELECT used FROM thing;", [R, S, S]),
    kind("schema with grants", "CREATE SCHEMA obj; COMMENT ON SCHEMA obj IS 'it'; GRANT USAGE ON SCHEMA obj TO glowplug_reader;", BESIDE),
    kind("large object", "SELECT lo_create(0);", BESIDE),
    Kind { cleanup: "ALTER SUBSCRIPTION obj DISABLE; ALTER SUBSCRIPTION obj SET (slot_name = NONE); DROP SUBSCRIPTION obj",
        ..kind("subscription", "CREATE SUBSCRIPTION obj CONNECTION 'dbname=x' PUBLICATION y WITH (connect = false);", BESIDE) },
    kind("typed table", "CREATE TYPE shape AS (a int); CREATE TABLE obj OF shape;", BESIDE),
    kind("partitions beside", "CREATE TABLE obj (a int, b int REFERENCES thing) PARTITION BY RANGE (a);
        CREATE TABLE obj_1 PARTITION OF obj FOR VALUES FROM (1) TO (9); CREATE TABLE obj_2 PARTITION OF obj DEFAULT;
        CREATE INDEX obj_a ON obj (a);", BESIDE),
    since(18, with("c -> Integer,", kind("named NOT NULL", "ALTER TABLE thing ADD c int CONSTRAINT obj NOT NULL NO INHERIT DEFAULT 1;", BESIDE))),
    since(18, with("c -> Nullable<Integer>,", kind("virtual column", "ALTER TABLE thing ADD c int GENERATED ALWAYS AS (id + 1) VIRTUAL;", BESIDE))),
    since(18, kind("keys over periods", "CREATE TABLE obj (a int4range, b int4range, UNIQUE (a, b WITHOUT OVERLAPS));", BESIDE)),
];
