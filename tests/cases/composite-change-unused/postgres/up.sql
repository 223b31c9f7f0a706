-- Drop the composite type `address`.
DROP TYPE "address";

-- The composite type `address`.
CREATE TYPE "address" AS (
    "zip" TEXT,
    "street" TEXT
);
