-- The default of `session.title`.
ALTER TABLE "session" ALTER COLUMN "title" SET DEFAULT 'x';

-- Index `session_plan` of `session`.
CREATE INDEX "session_plan" ON "session" ("plan");

-- Every row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "session_title_check" CHECK (title <> '');

-- No two rows of `session` may share `title`.
ALTER TABLE "session" ADD CONSTRAINT "session_title_key" UNIQUE ("title");
