-- Where the sequence of `session.id` is.
DO $glowplug$ BEGIN
EXECUTE format('SELECT set_config(''glowplug.sequence'', last_value || '' '' || is_called, true) FROM %s', pg_get_serial_sequence('"session"', 'id'));
END $glowplug$;

-- `session.id` is no identity any more.
ALTER TABLE "session" ALTER COLUMN "id" DROP IDENTITY;

-- A sequence for `session.id`.
CREATE SEQUENCE "session_id_seq" AS INTEGER OWNED BY "session"."id";

-- `session.id` takes its values from it.
ALTER TABLE "session" ALTER COLUMN "id" SET DEFAULT nextval('"session_id_seq"');

-- It goes on where the old one was.
SELECT setval(
    pg_get_serial_sequence('"session"', 'id'),
    split_part(current_setting('glowplug.sequence'), ' ', 1)::bigint,
    split_part(current_setting('glowplug.sequence'), ' ', 2)::boolean
);
