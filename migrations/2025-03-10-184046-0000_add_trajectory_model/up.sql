-- Proven on a copy of the database: up, down and up again.

-- Create `trajectory`.
CREATE TABLE "trajectory" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "human_input_id" INTEGER,
    "tool_name" TEXT,
    "tool_parameters" TEXT,
    "tool_result" TEXT,
    "step_data" TEXT,
    "record_type" TEXT,
    "cost" REAL,
    "tokens" INTEGER,
    "is_error" BOOLEAN NOT NULL DEFAULT false,
    "error_message" TEXT,
    "error_type" TEXT,
    "error_details" TEXT,
    FOREIGN KEY ("human_input_id") REFERENCES "human_input" ("id") ON DELETE SET NULL
);

-- Index `trajectory_human_input_id_idx` of `trajectory`.
CREATE INDEX "trajectory_human_input_id_idx" ON "trajectory" ("human_input_id");
