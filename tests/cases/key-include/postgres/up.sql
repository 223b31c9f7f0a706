-- Drop the constraint `session_pkey` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_pkey";

-- The primary key of `session` is `id`.
ALTER TABLE "session" ADD CONSTRAINT "session_key" PRIMARY KEY ("id") INCLUDE ("email", "n");
