-- Drop the constraint `session_region_number_fkey` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_region_number_fkey";

-- `session` refers to `place`.
ALTER TABLE "session" ADD CONSTRAINT "session_region_number_fkey" FOREIGN KEY ("region", "number") REFERENCES "place" ("region", "number") MATCH FULL;
