-- Drop the constraint `country_pkey` of `country`.
ALTER TABLE "country" DROP CONSTRAINT "country_pkey";

-- The primary key of `country` is `code`.
ALTER TABLE "country" ADD CONSTRAINT "country_pkey" PRIMARY KEY ("code");
