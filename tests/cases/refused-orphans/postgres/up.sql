-- `desk` refers to `org`.
ALTER TABLE "desk" ADD CONSTRAINT "desk_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id");
