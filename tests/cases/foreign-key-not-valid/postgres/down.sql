-- Drop the constraint `session_region_number_fkey` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_region_number_fkey";
