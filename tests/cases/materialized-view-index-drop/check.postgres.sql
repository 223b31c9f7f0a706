SELECT count(*) FROM pg_class WHERE relname = 'busy_id' AND obj_description(oid) = 'by key'
