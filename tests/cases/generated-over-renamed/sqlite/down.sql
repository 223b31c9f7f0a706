-- Proven on a copy of the database: up, down and up again.

-- Rename `item.cost` to `price`.
ALTER TABLE "item" RENAME COLUMN "cost" TO "price";
