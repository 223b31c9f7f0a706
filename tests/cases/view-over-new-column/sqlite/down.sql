-- Proven on a copy of the database: up, down and up again.

-- Drop the view `named`.
DROP VIEW "named";

-- Drop `session.plan`.
ALTER TABLE "session" DROP COLUMN "plan";

-- View `named`.
CREATE VIEW "named" AS
SELECT id, title FROM session WHERE id > 0;
