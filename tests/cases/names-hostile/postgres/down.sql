-- Drop the index `second --` of `od"d 'table'; DROP`.
DROP INDEX "second
--";

-- The type of `od"d 'table'; DROP.new line`.
ALTER TABLE "od""d 'table'; DROP" ALTER COLUMN "new
line" TYPE INTEGER USING "new
line"::INTEGER;

-- `od"d 'table'; DROP.it's; --` may be NULL.
ALTER TABLE "od""d 'table'; DROP" ALTER COLUMN "it's; --" DROP NOT NULL;

-- Drop `od"d 'table'; DROP.🔥 م`.
ALTER TABLE "od""d 'table'; DROP" DROP COLUMN "🔥 م";
