-- `item.total` is computed no more and keeps its values.
ALTER TABLE "item" ALTER COLUMN "total" DROP EXPRESSION;
