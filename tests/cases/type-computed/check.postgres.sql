SELECT count(*) FROM pg_description WHERE description = 'once'
SELECT count(*) FROM pg_description WHERE description = 'by sum' AND objoid = 'session_sum'::regclass
SELECT count(*) FROM pg_attribute WHERE attrelid = 'session'::regclass AND attname = 'twice' AND attstattarget = 50
SELECT count(*) FROM pg_attribute WHERE attrelid = 'session'::regclass AND attname = 'sum' AND attoptions::text = '{n_distinct=5}'
SELECT count(*) FROM session WHERE twice = 40 AND sum = 22
SELECT count(*) FROM most WHERE twice = 40
