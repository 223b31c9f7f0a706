SELECT count(*) FROM pg_type WHERE typname = 'mood' AND obj_description(oid) = 'how it feels'
SELECT count(*) FROM pg_type WHERE typname = 'mood' AND has_type_privilege('glowplug_reader', oid, 'USAGE') AND NOT typacl::text ~ '[{,]='
