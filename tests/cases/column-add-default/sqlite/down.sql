-- Proven on a copy of the database: up, down and up again.

-- Drop `session.ratio`.
ALTER TABLE "session" DROP COLUMN "ratio";

-- Drop `session.retries`.
ALTER TABLE "session" DROP COLUMN "retries";

-- Drop `session.status`.
ALTER TABLE "session" DROP COLUMN "status";
