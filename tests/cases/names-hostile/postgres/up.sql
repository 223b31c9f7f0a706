-- Add `od"d 'table'; DROP.🔥 م`.
ALTER TABLE "od""d 'table'; DROP" ADD COLUMN "🔥 م" TEXT;

-- `od"d 'table'; DROP.it's; --` holds no NULL.
ALTER TABLE "od""d 'table'; DROP" ALTER COLUMN "it's; --" SET NOT NULL;

-- The type of `od"d 'table'; DROP.new line`.
ALTER TABLE "od""d 'table'; DROP" ALTER COLUMN "new
line" TYPE TEXT;

-- Index `second --` of `od"d 'table'; DROP`.
CREATE INDEX "second
--" ON "od""d 'table'; DROP" ("🔥 م" DESC);
