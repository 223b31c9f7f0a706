-- Drop `cache`.
DROP TABLE "cache";
