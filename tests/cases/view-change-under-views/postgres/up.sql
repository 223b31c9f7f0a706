-- Drop the view `one`.
DROP VIEW "one";

-- View `one`.
CREATE VIEW "one" AS
SELECT id, n FROM session WHERE n > 1;
