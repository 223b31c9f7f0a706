-- Add `User.Born`.
ALTER TABLE "User" ADD COLUMN "Born" DATE;

-- `User.firstName` holds no NULL.
ALTER TABLE "User" ALTER COLUMN "firstName" SET NOT NULL;
