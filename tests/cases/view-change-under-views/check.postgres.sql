SELECT count(*) FROM pg_class WHERE oid = 'a_two'::regclass AND relacl::text LIKE '%=r/%'
