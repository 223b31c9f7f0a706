-- Proven on a copy of the database: up, down and up again.

-- Create `session`.
CREATE TABLE "session" (
    "id" INTEGER NOT NULL CONSTRAINT "session_key" PRIMARY KEY ON CONFLICT IGNORE,
    "email" TEXT CONSTRAINT "there" NOT NULL ON CONFLICT REPLACE CONSTRAINT "any_case" COLLATE "NOCASE" CONSTRAINT "empty" DEFAULT '',
    "plan" TEXT,
    CONSTRAINT "once" UNIQUE ("email" COLLATE "BINARY", "plan" DESC) ON CONFLICT FAIL,
    CHECK (plan <> '') ON CONFLICT ROLLBACK
);
