-- Drop `desk`.
DROP TABLE "desk";
