-- The type of `item.amount`.
ALTER TABLE "item" ALTER COLUMN "amount" TYPE TEXT;
