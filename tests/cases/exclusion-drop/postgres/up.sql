-- Drop the constraint `apart` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "apart";
