-- Drop the constraint `stock_pkey` of `stock`.
ALTER TABLE "stock" DROP CONSTRAINT "stock_pkey";

-- The primary key of `stock` is `shop`.
ALTER TABLE "stock" ADD CONSTRAINT "stock_pkey" PRIMARY KEY ("shop");
