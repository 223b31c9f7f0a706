-- Drop the constraint `node_parent_id_fkey` of `node`.
ALTER TABLE "node" DROP CONSTRAINT "node_parent_id_fkey";
