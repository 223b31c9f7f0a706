-- Drop the index `item_total` of `item`.
DROP INDEX "item_total";

-- `item.total` is computed in another way: it is made anew.
ALTER TABLE "item" DROP COLUMN "total";

-- Add `item.total`.
ALTER TABLE "item" ADD COLUMN "total" INTEGER GENERATED ALWAYS AS (price * quantity) STORED;

-- Index `item_total` of `item`.
CREATE INDEX "item_total" ON "item" ("total");
