-- Drop the index `item_later` of `item`.
DROP INDEX "item_later";

-- Drop the constraint `item_twice` of `item`.
ALTER TABLE "item" DROP CONSTRAINT "item_twice";

-- Drop the constraint `item_small` of `item`.
ALTER TABLE "item" DROP CONSTRAINT "item_small";

-- `item.twice` is computed in another way: it is made anew.
ALTER TABLE "item" DROP COLUMN "twice";

-- Add `item.twice`.
ALTER TABLE "item" ADD COLUMN "twice" INTEGER GENERATED ALWAYS AS (price * 2) STORED;

-- Index `item_later` of `item`.
CREATE INDEX "item_later" ON "item" ("id", (twice + 1));

-- The constraint `item_twice` again.
ALTER TABLE "item" ADD CONSTRAINT "item_twice" UNIQUE ("twice");

-- The constraint `item_small` again.
ALTER TABLE "item" ADD CONSTRAINT "item_small" CHECK (twice < 1000);
