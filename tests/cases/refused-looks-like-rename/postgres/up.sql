-- Add `session.outline`.
ALTER TABLE "session" ADD COLUMN "outline" TEXT;

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";
