-- The type of `item.amount`.
ALTER TABLE "item" ALTER COLUMN "amount" TYPE DOUBLE PRECISION USING "amount"::DOUBLE PRECISION;
