-- Proven on a copy of the database: up, down and up again.

-- Drop the index `session_a_b`.
DROP INDEX "session_a_b";

-- Drop `session.d`.
ALTER TABLE "session" DROP COLUMN "d";

-- Drop `session.c`.
ALTER TABLE "session" DROP COLUMN "c";

-- Drop `session.b`.
ALTER TABLE "session" DROP COLUMN "b";

-- Drop `session.a`.
ALTER TABLE "session" DROP COLUMN "a";
