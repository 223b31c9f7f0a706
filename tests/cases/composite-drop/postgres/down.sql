-- The composite type `address`.
CREATE TYPE "address" AS (
    "street" TEXT,
    "House No" INTEGER,
    "zip" VARCHAR(10)
);
