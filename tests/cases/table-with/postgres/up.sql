-- Storage parameters of `person` as usual.
ALTER TABLE "person" RESET (autovacuum_enabled);

-- Storage parameters of `person`.
ALTER TABLE "person" SET (fillfactor = 80, toast.autovacuum_enabled = false);
