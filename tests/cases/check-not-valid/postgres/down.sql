-- Drop the constraint `big` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "big";
