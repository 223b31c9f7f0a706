-- Index `session_email_n_idx` of `session`.
CREATE INDEX "session_email_n_idx" ON "session" ("email" text_pattern_ops, "n" DESC NULLS LAST) INCLUDE ("id");

-- Index `session_n_idx` of `session`.
CREATE INDEX "session_n_idx" ON "session" USING "hash" ("n");

-- Index `session_n_idx1` of `session`.
CREATE INDEX "session_n_idx1" ON "session" USING "brin" ("n") WITH (pages_per_range=32);

-- Index `session_expr_idx` of `session`.
CREATE INDEX "session_expr_idx" ON "session" ((lower(email)) COLLATE "C");
