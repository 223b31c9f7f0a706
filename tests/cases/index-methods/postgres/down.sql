-- Drop the index `session_expr_idx` of `session`.
DROP INDEX "session_expr_idx";

-- Drop the index `session_n_idx1` of `session`.
DROP INDEX "session_n_idx1";

-- Drop the index `session_n_idx` of `session`.
DROP INDEX "session_n_idx";

-- Drop the index `session_email_n_idx` of `session`.
DROP INDEX "session_email_n_idx";
