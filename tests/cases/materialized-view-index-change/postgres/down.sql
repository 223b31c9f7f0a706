-- Drop the view `busy`.
DROP MATERIALIZED VIEW "busy";

-- View `busy`.
CREATE MATERIALIZED VIEW "busy" AS
SELECT id, email, n FROM session WHERE n > 1;

-- Index `busy_id` of `busy`.
CREATE UNIQUE INDEX "busy_id" ON "busy" ("id");

-- Index `by_mail` of `busy`.
CREATE INDEX "by_mail" ON "busy" ((lower(email)));
