-- Proven on a copy of the database: up, down and up again.

-- Add `item.price`.
ALTER TABLE "item" ADD COLUMN "price" REAL;

-- Add `item.data`.
ALTER TABLE "item" ADD COLUMN "data" BLOB;
