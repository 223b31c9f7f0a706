-- Drop `session.ratio`.
ALTER TABLE "session" DROP COLUMN "ratio";

-- Drop `session.retries`.
ALTER TABLE "session" DROP COLUMN "retries";

-- Drop `session.status`.
ALTER TABLE "session" DROP COLUMN "status";
