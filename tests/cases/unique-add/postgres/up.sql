-- No two rows of `person` may share `email`.
ALTER TABLE "person" ADD CONSTRAINT "person_email" UNIQUE ("email");
