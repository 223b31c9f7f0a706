-- Drop the index `event_at_idx` of `audit.event`.
DROP INDEX "audit"."event_at_idx";

-- Drop `audit.event.at`.
ALTER TABLE "audit"."event" DROP COLUMN "at";

-- Drop `audit.actor`.
DROP TABLE "audit"."actor";
