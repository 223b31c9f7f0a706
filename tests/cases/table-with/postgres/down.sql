-- Storage parameters of `person` as usual.
ALTER TABLE "person" RESET (toast.autovacuum_enabled);

-- Storage parameters of `person`.
ALTER TABLE "person" SET (autovacuum_enabled = false, fillfactor = 70);
