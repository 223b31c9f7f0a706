-- Drop the constraint `session_key` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_key";

-- The primary key of `session` is `id`.
ALTER TABLE "session" ADD CONSTRAINT "session_key" PRIMARY KEY ("id") DEFERRABLE INITIALLY DEFERRED;
