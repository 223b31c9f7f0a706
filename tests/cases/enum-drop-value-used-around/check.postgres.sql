SELECT count(*) FROM pg_class WHERE obj_description(oid) = 'it'
