SELECT count(*) FROM pg_class WHERE oid = 'a_two'::regclass AND relacl::text LIKE '%=r/%'
SELECT count(*) FROM pg_class WHERE obj_description(oid) = 'it'
