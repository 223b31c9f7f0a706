-- The type of `thing.doc`.
ALTER TABLE "thing" ALTER COLUMN "doc" TYPE JSONB;

-- `thing.mark` holds no NULL.
ALTER TABLE "thing" ALTER COLUMN "mark" SET NOT NULL;

-- The default of `thing.mark`.
ALTER TABLE "thing" ALTER COLUMN "mark" SET DEFAULT gen_random_uuid();

-- Index `thing_doc` of `thing`.
CREATE INDEX "thing_doc" ON "thing" USING "gin" ("doc");

-- Index `thing_tags_idx` of `thing`.
CREATE INDEX "thing_tags_idx" ON "thing" USING "gin" ("tags");
