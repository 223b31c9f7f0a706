-- Drop the constraint `desk_org_id_fkey` of `desk`.
ALTER TABLE "desk" DROP CONSTRAINT "desk_org_id_fkey";

-- Drop the index `desk_label_idx` of `desk`.
DROP INDEX "desk_label_idx";

-- The type of `lamp.watt`.
ALTER TABLE "lamp" ALTER COLUMN "watt" TYPE TEXT;

-- `desk.label` may be NULL.
ALTER TABLE "desk" ALTER COLUMN "label" DROP NOT NULL;

-- Drop `org.city`.
ALTER TABLE "org" DROP COLUMN "city";

-- Drop `bulb`.
DROP TABLE "bulb";

-- `desk` refers to `org`.
ALTER TABLE "desk" ADD CONSTRAINT "desk_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE CASCADE;
