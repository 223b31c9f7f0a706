-- Drop the index `thing_tags_idx` of `thing`.
DROP INDEX "thing_tags_idx";

-- Drop the index `thing_doc` of `thing`.
DROP INDEX "thing_doc";

-- The old default of `thing.mark` goes.
ALTER TABLE "thing" ALTER COLUMN "mark" DROP DEFAULT;

-- `thing.mark` may be NULL.
ALTER TABLE "thing" ALTER COLUMN "mark" DROP NOT NULL;

-- The type of `thing.doc`.
ALTER TABLE "thing" ALTER COLUMN "doc" TYPE JSON;
