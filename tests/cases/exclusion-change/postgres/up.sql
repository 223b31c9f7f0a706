-- Drop the constraint `apart` of `session`.
ALTER TABLE "session" DROP CONSTRAINT "apart";

-- No two rows of `session` may be alike in this way.
ALTER TABLE "session" ADD CONSTRAINT "apart" EXCLUDE USING btree (n WITH =, email WITH =);
