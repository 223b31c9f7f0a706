-- Drop the constraint `apart` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "apart";

-- Drop the constraint `session_n_excl` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "session_n_excl";
