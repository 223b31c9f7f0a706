-- glowplug: rebuild
-- Proven on a copy of the database: up, down and up again.

-- Look first. A failure here leaves rows, schema and settings as they were.
BEGIN IMMEDIATE;

-- `session` must be the table that this migration was written for.
CREATE TEMP TABLE "__glowplug_look" (
    "columns" TEXT CONSTRAINT "session has other columns than this migration knows" CHECK ("columns" = 'email,id,plan'),
    "objects" INTEGER CONSTRAINT "session has an index or trigger that this migration does not know" CHECK ("objects" = 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("columns")
SELECT coalesce(group_concat("name", ','), '') FROM (SELECT lower("name") AS "name" FROM pragma_table_xinfo('session') ORDER BY 1);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("objects")
SELECT count(*) FROM "main"."sqlite_master"
WHERE "tbl_name" = 'session' COLLATE NOCASE AND "type" IN ('index', 'trigger') AND "sql" IS NOT NULL
  AND "name" NOT IN ('session_guard', 'session_stay');
DROP TABLE temp."__glowplug_look";

COMMIT;

-- Foreign keys off, outside the transaction: with them on, DROP TABLE deletes the rows of
-- the children.
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TEMP TABLE "__glowplug_guard" (
    "foreign_keys" INTEGER CONSTRAINT "foreign keys are still on" CHECK ("foreign_keys" = 0),
    "broken_before" INTEGER,
    "lost_rows" INTEGER CONSTRAINT "rows were lost in the copy" CHECK ("lost_rows" = 0),
    "broken" INTEGER CONSTRAINT "foreign keys would be broken" CHECK ("broken" <= 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("foreign_keys") SELECT "foreign_keys" FROM pragma_foreign_keys;
INSERT INTO temp."__glowplug_guard" ("broken_before") SELECT count(*) FROM pragma_foreign_key_check;

-- Rebuild `session`: SQLite cannot change the default of `plan` in place.
CREATE TABLE "__glowplug_new_session" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "plan" TEXT DEFAULT 'free'
);

-- Every row, under its own rowid.
INSERT OR ROLLBACK INTO "__glowplug_new_session" ("id", "email", "plan")
SELECT "id", "email", "plan" FROM "session";

-- No row was lost in the copy.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("lost_rows")
SELECT (SELECT count(*) FROM "session") - (SELECT count(*) FROM "__glowplug_new_session");

-- Swap. The legacy flag keeps views and triggers that mention the table out of the rename.
DROP TABLE "session";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__glowplug_new_session" RENAME TO "session";
PRAGMA legacy_alter_table = OFF;

-- Trigger `session_guard`, as it was.
CREATE TRIGGER session_guard BEFORE INSERT ON session BEGIN
    SELECT RAISE(ABORT, 'no more sessions') WHERE (SELECT count(*) FROM session) > 0;
END;

-- Trigger `session_stay`, as it was.
CREATE TRIGGER session_stay BEFORE DELETE ON session BEGIN SELECT RAISE(IGNORE); END;

-- No reference may be worse than before.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("broken")
SELECT count(*) - (SELECT "broken_before" FROM temp."__glowplug_guard" WHERE "broken_before" IS NOT NULL)
FROM pragma_foreign_key_check;
DROP TABLE temp."__glowplug_guard";
COMMIT;
PRAGMA foreign_keys = ON;
