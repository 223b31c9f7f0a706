-- Proven on a copy of the database: up, down and up again.

-- Drop `session.size`.
ALTER TABLE "session" DROP COLUMN "size";

-- Drop `session.kind`.
ALTER TABLE "session" DROP COLUMN "kind";

-- Drop `session.org_id`.
ALTER TABLE "session" DROP COLUMN "org_id";
