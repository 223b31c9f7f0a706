-- The type of `item.code`.
ALTER TABLE "item" ALTER COLUMN "code" TYPE VARCHAR(20);
