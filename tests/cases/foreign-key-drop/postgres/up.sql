-- Drop the constraint `desk_org` of `desk`.
ALTER TABLE "desk" DROP CONSTRAINT "desk_org";
