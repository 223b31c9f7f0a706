-- Proven on a copy of the database: up, down and up again.

-- Add `trajectory.tokens`.
ALTER TABLE "trajectory" ADD COLUMN "tokens" INTEGER;

-- Drop `trajectory.output_tokens`.
ALTER TABLE "trajectory" DROP COLUMN "output_tokens";

-- Drop `trajectory.input_tokens`.
ALTER TABLE "trajectory" DROP COLUMN "input_tokens";

-- Rename `trajectory.current_cost` to `cost`.
ALTER TABLE "trajectory" RENAME COLUMN "current_cost" TO "cost";
