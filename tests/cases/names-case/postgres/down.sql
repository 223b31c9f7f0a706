-- `User.firstName` may be NULL.
ALTER TABLE "User" ALTER COLUMN "firstName" DROP NOT NULL;

-- Drop `User.Born`.
ALTER TABLE "User" DROP COLUMN "Born";
