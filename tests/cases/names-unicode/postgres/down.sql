-- `Перsон.ÄÖÜ` may be NULL.
ALTER TABLE "Перsон" ALTER COLUMN "ÄÖÜ" DROP NOT NULL;
