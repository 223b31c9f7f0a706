-- The type of `part.item_id`.
ALTER TABLE "part" ALTER COLUMN "item_id" TYPE INTEGER;

-- The type of `item.id`.
ALTER TABLE "item" ALTER COLUMN "id" TYPE INTEGER;
