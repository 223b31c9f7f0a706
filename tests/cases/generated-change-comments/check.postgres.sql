SELECT count(*) FROM pg_description WHERE description = 'once' AND classoid = 'pg_constraint'::regclass
SELECT count(*) FROM pg_description WHERE description = 'the index of it' AND objoid = 'item_twice'::regclass
SELECT count(*) FROM pg_description WHERE description = 'for now'
SELECT count(*) FROM pg_description WHERE description = 'odd'
SELECT count(*) FROM pg_index WHERE indisclustered AND indrelid = 'item'::regclass
