-- glowplug: rebuild
-- Rebuild "session": SQLite cannot change the type of a column, or make it NOT NULL, in place.
-- 1. Look first. A failure here leaves rows, schema, transaction and settings as they were.
BEGIN IMMEDIATE;
CREATE TEMP TABLE "__glowplug_guard" (
    "unknown_objects" INTEGER CONSTRAINT "session has an index or trigger that this migration does not know" CHECK ("unknown_objects" = 0),
    "columns" TEXT CONSTRAINT "session has other columns than this migration knows" CHECK ("columns" = 'id,org_id,parent_id,email,qty,doubled'),
    "qty" INTEGER CONSTRAINT "session.qty holds NULL or text that is no integer" CHECK ("qty" = 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("columns")
SELECT group_concat("name") FROM (SELECT "name" FROM pragma_table_xinfo('session') ORDER BY "cid");
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("unknown_objects")
SELECT count(*) FROM main.sqlite_schema
WHERE "tbl_name" = 'session' COLLATE NOCASE AND "type" IN ('index', 'trigger') AND "sql" IS NOT NULL
  AND "name" NOT IN ('session_email', 'session_ins', 'session_del');
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("qty")
SELECT count(*) FROM "session" WHERE "qty" IS NULL OR "qty" GLOB '*[^0-9-]*' OR "qty" = '';
DROP TABLE temp."__glowplug_guard";
COMMIT;

-- 2. Foreign keys off, outside the transaction: with them on, DROP TABLE deletes the rows of the children.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE "__glowplug_guard" (
    "foreign_keys" INTEGER CONSTRAINT "foreign keys are still on" CHECK ("foreign_keys" = 0),
    "broken_before" INTEGER,
    "lost_rows" INTEGER CONSTRAINT "rows of session were lost in the copy" CHECK ("lost_rows" = 0),
    "broken" INTEGER CONSTRAINT "foreign keys would be broken" CHECK ("broken" <= 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("foreign_keys") SELECT "foreign_keys" FROM pragma_foreign_keys;
INSERT INTO temp."__glowplug_guard" ("broken_before") SELECT count(*) FROM pragma_foreign_key_check;

-- 3. The new table, and every row, under its own rowid.
CREATE TABLE "__glowplug_new_session" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    org_id INTEGER REFERENCES org(id) ON DELETE CASCADE,
    parent_id INTEGER REFERENCES "session"(id) ON DELETE CASCADE,
    email TEXT COLLATE NOCASE,
    qty INTEGER NOT NULL,
    doubled AS (qty * 2) STORED,
    CHECK (qty > 0)
);
INSERT OR ROLLBACK INTO "__glowplug_new_session" ("id", "org_id", "parent_id", "email", "qty")
SELECT "id", "org_id", "parent_id", "email", "qty" FROM "session";
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("lost_rows")
SELECT (SELECT count(*) FROM "session") - (SELECT count(*) FROM "__glowplug_new_session");
-- AUTOINCREMENT must not hand out an id twice.
DELETE FROM "sqlite_sequence" WHERE "name" = '__glowplug_new_session';
INSERT INTO "sqlite_sequence" ("name", "seq")
SELECT '__glowplug_new_session', "seq" FROM "sqlite_sequence" WHERE "name" = 'session';

-- 4. Swap. The legacy flag keeps views and triggers that mention "session" out of the rename.
DROP TABLE "session";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__glowplug_new_session" RENAME TO "session";
PRAGMA legacy_alter_table = OFF;

-- 5. Its indexes and triggers, as they were.
CREATE INDEX session_email ON session (email) WHERE email IS NOT NULL;
CREATE TRIGGER session_ins AFTER INSERT ON session BEGIN INSERT INTO audit VALUES (NEW.id, 'ins'); END;
CREATE TRIGGER session_del AFTER DELETE ON session BEGIN INSERT INTO audit VALUES (OLD.id, 'del'); END;

-- 6. No reference may be worse than before.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("broken")
SELECT count(*) - (SELECT "broken_before" FROM temp."__glowplug_guard" WHERE "broken_before" IS NOT NULL) FROM pragma_foreign_key_check;
DROP TABLE temp."__glowplug_guard";
COMMIT;
PRAGMA foreign_keys = ON;
