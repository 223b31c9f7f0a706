-- `Перsон.ÄÖÜ` holds no NULL.
ALTER TABLE "Перsон" ALTER COLUMN "ÄÖÜ" SET NOT NULL;
