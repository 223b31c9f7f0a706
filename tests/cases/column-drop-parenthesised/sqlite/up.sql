-- glowplug: rebuild
-- Proven on a copy of the database: up, down and up again.

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

-- Drop `session.level`.
ALTER TABLE "session" DROP COLUMN "level";

-- No reference may be worse than before.
INSERT OR ROLLBACK INTO temp."__glowplug_guard" ("broken")
SELECT count(*) - (SELECT "broken_before" FROM temp."__glowplug_guard" WHERE "broken_before" IS NOT NULL)
FROM pragma_foreign_key_check;
DROP TABLE temp."__glowplug_guard";
COMMIT;
PRAGMA foreign_keys = ON;
