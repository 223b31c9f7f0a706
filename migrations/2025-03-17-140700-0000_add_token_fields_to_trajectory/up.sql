-- Proven on a copy of the database: up, down and up again.

-- Rename `trajectory.cost` to `current_cost`.
ALTER TABLE "trajectory" RENAME COLUMN "cost" TO "current_cost";

-- Add `trajectory.input_tokens`.
ALTER TABLE "trajectory" ADD COLUMN "input_tokens" INTEGER;

-- Add `trajectory.output_tokens`.
ALTER TABLE "trajectory" ADD COLUMN "output_tokens" INTEGER;

-- Drop `trajectory.tokens`.
ALTER TABLE "trajectory" DROP COLUMN "tokens";
