-- No two rows of `person` may share `email`.
ALTER TABLE "person" ADD CONSTRAINT "person_email_key" UNIQUE ("email");

-- `letter` refers to `person`.
ALTER TABLE "letter" ADD CONSTRAINT "letter_email_fkey" FOREIGN KEY ("email") REFERENCES "person" ("email") ON UPDATE CASCADE;
