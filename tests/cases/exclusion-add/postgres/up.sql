-- No two rows of `session` may be alike in this way.
ALTER TABLE "session" ADD CONSTRAINT "session_n_excl" EXCLUDE USING btree (n WITH =) WHERE (email IS NOT NULL);

-- No two rows of `session` may be alike in this way.
ALTER TABLE "session" ADD CONSTRAINT "apart" EXCLUDE USING hash (email WITH =) DEFERRABLE INITIALLY DEFERRED;
