-- No two rows of `person` may share `org`, `email`.
ALTER TABLE "person" ADD CONSTRAINT "person_org_email_key" UNIQUE ("org", "email");
