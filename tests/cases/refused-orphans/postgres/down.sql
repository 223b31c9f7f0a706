-- Drop the constraint `desk_org_id_fkey` of `desk`.
ALTER TABLE "desk" DROP CONSTRAINT "desk_org_id_fkey";
