-- What `session.title` is.
COMMENT ON COLUMN "session"."title" IS 'as typed';

-- What `session.id` is.
COMMENT ON COLUMN "session"."id" IS NULL;

-- What `session` is.
COMMENT ON TABLE "session" IS NULL;
