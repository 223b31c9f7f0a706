-- The type of `item.price`.
ALTER TABLE "item" ALTER COLUMN "price" TYPE NUMERIC(14,4);
