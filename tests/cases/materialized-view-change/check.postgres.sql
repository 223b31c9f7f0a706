SELECT count(*) FROM pg_indexes WHERE indexname = 'busy_id'
