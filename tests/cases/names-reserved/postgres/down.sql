-- Drop the index `where` of `order`.
DROP INDEX "where";

-- `order.select` may be NULL.
ALTER TABLE "order" ALTER COLUMN "select" DROP NOT NULL;

-- Drop `order.table`.
ALTER TABLE "order" DROP COLUMN "table";

-- Index `where` of `order`.
CREATE INDEX "where" ON "order" ("group");
