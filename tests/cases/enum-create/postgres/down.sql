-- Drop `diary.felt`.
ALTER TABLE "diary" DROP COLUMN "felt";

-- Drop the type `mood`.
DROP TYPE "mood";
