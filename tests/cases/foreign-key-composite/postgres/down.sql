-- Drop the constraint `sale_shop_item_fkey` of `sale`.
ALTER TABLE "sale" DROP CONSTRAINT "sale_shop_item_fkey";
