-- Proven on a copy of the database: up, down and up again.

-- Rename `item.price` to `cost`.
ALTER TABLE "item" RENAME COLUMN "price" TO "cost";
