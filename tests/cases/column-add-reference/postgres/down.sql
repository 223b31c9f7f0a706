-- Drop the constraint `session_org_id_fkey` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_org_id_fkey";

-- Drop `session.org_id`.
ALTER TABLE "session" DROP COLUMN "org_id";
