-- `sale` refers to `stock`.
ALTER TABLE "sale" ADD CONSTRAINT "sale_shop_item_fkey" FOREIGN KEY ("shop", "item") REFERENCES "stock" ("shop", "item") ON DELETE CASCADE;
