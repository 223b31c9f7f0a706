-- The composite type `address`.
CREATE TYPE "address" AS (
    "street" TEXT,
    "House No" INTEGER,
    "zip" VARCHAR(10)
);

-- Add `person.home`.
ALTER TABLE "person" ADD COLUMN "home" address;

-- Add `person.others`.
ALTER TABLE "person" ADD COLUMN "others" address[];
