-- No two rows of `session` may be alike in this way.
ALTER TABLE "session" ADD CONSTRAINT "apart" EXCLUDE USING btree (n WITH =);
