-- Add `session.org_id`.
ALTER TABLE "session" ADD COLUMN "org_id" INTEGER;

-- `session` refers to `org`.
ALTER TABLE "session" ADD CONSTRAINT "session_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id");
