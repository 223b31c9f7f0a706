-- The type of `item.code`.
ALTER TABLE "item" ALTER COLUMN "code" TYPE BIGINT;

-- The type of `item.total`.
ALTER TABLE "item" ALTER COLUMN "total" TYPE BIGINT;

-- The type of `item.ratio`.
ALTER TABLE "item" ALTER COLUMN "ratio" TYPE DOUBLE PRECISION;
