-- Proven on a copy of the database: up, down and up again.

-- Create `session`.
CREATE TABLE "session" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "org_id" INTEGER NOT NULL,
    "status" VARCHAR(20) NOT NULL DEFAULT 'pending',
    "email" TEXT,
    "price" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "total" INTEGER GENERATED ALWAYS AS (price * quantity) STORED,
    "created_at" TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMP,
    UNIQUE ("email"),
    CONSTRAINT "status_known" CHECK (status IN ('pending', 'running', 'completed')),
    CHECK (quantity > 0),
    CONSTRAINT "session_org" FOREIGN KEY ("org_id") REFERENCES "org" ("id") ON DELETE CASCADE
);

-- Index `session_status_idx` of `session`.
CREATE INDEX "session_status_idx" ON "session" ("status");

-- Index `session_recent` of `session`.
CREATE INDEX "session_recent" ON "session" ("created_at" DESC, "id") WHERE deleted_at IS NULL;

-- Index `session_lower_email` of `session`.
CREATE INDEX "session_lower_email" ON "session" ((lower(email)));
