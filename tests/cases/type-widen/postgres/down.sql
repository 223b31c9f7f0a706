-- The type of `item.ratio`.
ALTER TABLE "item" ALTER COLUMN "ratio" TYPE REAL;

-- The type of `item.total`.
ALTER TABLE "item" ALTER COLUMN "total" TYPE INTEGER;

-- The type of `item.code`.
ALTER TABLE "item" ALTER COLUMN "code" TYPE SMALLINT;
