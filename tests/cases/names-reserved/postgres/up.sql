-- Drop the index `where` of `order`.
DROP INDEX "where";

-- Add `order.table`.
ALTER TABLE "order" ADD COLUMN "table" TEXT;

-- `order.select` holds no NULL.
ALTER TABLE "order" ALTER COLUMN "select" SET NOT NULL;

-- Index `where` of `order`.
CREATE INDEX "where" ON "order" ("group", "select");
