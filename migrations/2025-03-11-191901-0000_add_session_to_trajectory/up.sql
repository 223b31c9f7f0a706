-- Proven on a copy of the database: up, down and up again.

-- Add `trajectory.session_id`.
ALTER TABLE "trajectory" ADD COLUMN "session_id" INTEGER REFERENCES "session" ("id") ON DELETE CASCADE;

-- Index `trajectory_session_id_idx` of `trajectory`.
CREATE INDEX "trajectory_session_id_idx" ON "trajectory" ("session_id");
