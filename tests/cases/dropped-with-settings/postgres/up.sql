-- Drop `session.n`.
ALTER TABLE "session" DROP COLUMN "n";

-- Drop `session.m`.
ALTER TABLE "session" DROP COLUMN "m";

-- Drop `gone`.
DROP TABLE "gone";
