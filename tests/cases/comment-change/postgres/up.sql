-- What `session` is.
COMMENT ON TABLE "session" IS 'what the agent works on';

-- What `session.id` is.
COMMENT ON COLUMN "session"."id" IS 'the number';

-- What `session.title` is.
COMMENT ON COLUMN "session"."title" IS 'it''s';
