-- Proven on a copy of the database: up, down and up again.

-- Drop `item.data`.
ALTER TABLE "item" DROP COLUMN "data";

-- Drop `item.price`.
ALTER TABLE "item" DROP COLUMN "price";
