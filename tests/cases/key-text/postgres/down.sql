-- Drop the constraint `country_pkey` of `country`.
ALTER TABLE "country" DROP CONSTRAINT "country_pkey";

-- The primary key of `country` is `id`.
ALTER TABLE "country" ADD CONSTRAINT "country_pkey" PRIMARY KEY ("id");
