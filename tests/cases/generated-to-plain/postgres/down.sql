-- `item.total` is computed in another way: it is made anew.
ALTER TABLE "item" DROP COLUMN "total";

-- Add `item.total`.
ALTER TABLE "item" ADD COLUMN "total" INTEGER GENERATED ALWAYS AS (price * 2) STORED;
