-- glowplug: rebuild
-- Proven on a copy of the database: up, down and up again.

-- Look first. A failure here leaves rows, schema and settings as they were.
BEGIN IMMEDIATE;

-- `setting` must be the table that this migration was written for.
CREATE TEMP TABLE "__glowplug_look" (
    "columns" TEXT CONSTRAINT "setting has other columns than this migration knows" CHECK ("columns" = 'key,value'),
    "objects" INTEGER CONSTRAINT "setting has an index or trigger that this migration does not know" CHECK ("objects" = 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("columns")
SELECT coalesce(group_concat("name", ','), '') FROM (SELECT lower("name") AS "name" FROM pragma_table_xinfo('setting') ORDER BY 1);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("objects")
SELECT count(*) FROM "main"."sqlite_master"
WHERE "tbl_name" = 'setting' COLLATE NOCASE AND "type" IN ('index', 'trigger') AND "sql" IS NOT NULL
  AND "name" NOT IN ();
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

-- Rebuild `setting`: SQLite cannot change the options of a table in place.
CREATE TABLE "__glowplug_new_setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT
);

-- Every row, under its own rowid.
INSERT OR ROLLBACK INTO "__glowplug_new_setting" ("key", "value")
SELECT "key", "value" FROM "setting";

-- No row was lost in the copy.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("lost_rows")
SELECT (SELECT count(*) FROM "setting") - (SELECT count(*) FROM "__glowplug_new_setting");

-- Swap. The legacy flag keeps views and triggers that mention the table out of the rename.
DROP TABLE "setting";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__glowplug_new_setting" RENAME TO "setting";
PRAGMA legacy_alter_table = OFF;

-- No reference may be worse than before.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("broken")
SELECT count(*) - (SELECT "broken_before" FROM temp."__glowplug_guard" WHERE "broken_before" IS NOT NULL)
FROM pragma_foreign_key_check;
DROP TABLE temp."__glowplug_guard";
COMMIT;
PRAGMA foreign_keys = ON;
