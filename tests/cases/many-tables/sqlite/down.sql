-- glowplug: rebuild
-- Proven on a copy of the database: up, down and up again.

-- Look first. A failure here leaves rows, schema and settings as they were.
BEGIN IMMEDIATE;

-- `desk` must be the table that this migration was written for.
CREATE TEMP TABLE "__glowplug_look" (
    "columns" TEXT CONSTRAINT "desk has other columns than this migration knows" CHECK ("columns" = 'id,label,org_id'),
    "objects" INTEGER CONSTRAINT "desk has an index or trigger that this migration does not know" CHECK ("objects" = 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("columns")
SELECT coalesce(group_concat("name", ','), '') FROM (SELECT lower("name") AS "name" FROM pragma_table_xinfo('desk') ORDER BY 1);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("objects")
SELECT count(*) FROM "main"."sqlite_master"
WHERE "tbl_name" = 'desk' COLLATE NOCASE AND "type" IN ('index', 'trigger') AND "sql" IS NOT NULL
  AND "name" NOT IN ('desk_label_idx');
DROP TABLE temp."__glowplug_look";

-- `lamp` must be the table that this migration was written for.
CREATE TEMP TABLE "__glowplug_look" (
    "columns" TEXT CONSTRAINT "lamp has other columns than this migration knows" CHECK ("columns" = 'desk_id,id,watt'),
    "objects" INTEGER CONSTRAINT "lamp has an index or trigger that this migration does not know" CHECK ("objects" = 0)
);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("columns")
SELECT coalesce(group_concat("name", ','), '') FROM (SELECT lower("name") AS "name" FROM pragma_table_xinfo('lamp') ORDER BY 1);
INSERT OR ROLLBACK INTO temp."__glowplug_look" ("objects")
SELECT count(*) FROM "main"."sqlite_master"
WHERE "tbl_name" = 'lamp' COLLATE NOCASE AND "type" IN ('index', 'trigger') AND "sql" IS NOT NULL
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

-- Rebuild `desk`: SQLite cannot change a foreign key or make `label` nullable in place.
CREATE TABLE "__glowplug_new_desk" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "org_id" INTEGER NOT NULL,
    "label" TEXT,
    FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE CASCADE
);

-- Every row, under its own rowid.
INSERT OR ROLLBACK INTO "__glowplug_new_desk" ("id", "org_id", "label")
SELECT "id", "org_id", "label" FROM "desk";

-- No row was lost in the copy.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("lost_rows")
SELECT (SELECT count(*) FROM "desk") - (SELECT count(*) FROM "__glowplug_new_desk");

-- Swap. The legacy flag keeps views and triggers that mention the table out of the rename.
DROP TABLE "desk";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__glowplug_new_desk" RENAME TO "desk";
PRAGMA legacy_alter_table = OFF;

-- Rebuild `lamp`: SQLite cannot change the type of `watt` in place.
CREATE TABLE "__glowplug_new_lamp" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "desk_id" INTEGER NOT NULL,
    "watt" TEXT NOT NULL,
    FOREIGN KEY ("desk_id") REFERENCES "desk" ("id") ON DELETE CASCADE
);

-- Every row, under its own rowid.
INSERT OR ROLLBACK INTO "__glowplug_new_lamp" ("id", "desk_id", "watt")
SELECT "id", "desk_id", "watt" FROM "lamp";

-- No row was lost in the copy.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("lost_rows")
SELECT (SELECT count(*) FROM "lamp") - (SELECT count(*) FROM "__glowplug_new_lamp");

-- Swap. The legacy flag keeps views and triggers that mention the table out of the rename.
DROP TABLE "lamp";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__glowplug_new_lamp" RENAME TO "lamp";
PRAGMA legacy_alter_table = OFF;

-- Drop `org.city`.
ALTER TABLE "org" DROP COLUMN "city";

-- Drop `bulb`.
DROP TABLE "bulb";

-- No reference may be worse than before.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("broken")
SELECT count(*) - (SELECT "broken_before" FROM temp."__glowplug_guard" WHERE "broken_before" IS NOT NULL)
FROM pragma_foreign_key_check;
DROP TABLE temp."__glowplug_guard";
COMMIT;
PRAGMA foreign_keys = ON;
