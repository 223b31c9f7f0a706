-- Add `session.plan`.
ALTER TABLE "session" ADD COLUMN "plan" TEXT;

-- Drop `session.outline`.
ALTER TABLE "session" DROP COLUMN "outline";
