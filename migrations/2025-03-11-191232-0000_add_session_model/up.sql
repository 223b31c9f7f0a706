-- Proven on a copy of the database: up, down and up again.

-- Create `session`.
CREATE TABLE "session" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "start_time" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "command_line" TEXT,
    "program_version" TEXT,
    "machine_info" TEXT
);
