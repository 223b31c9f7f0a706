-- `session.id` is no identity any more.
ALTER TABLE "session" ALTER COLUMN "id" DROP IDENTITY;

-- A sequence for `session.id`.
CREATE SEQUENCE "session_id_seq" AS INTEGER OWNED BY "session"."id";

-- `session.id` takes its values from it.
ALTER TABLE "session" ALTER COLUMN "id" SET DEFAULT nextval('"session_id_seq"');

-- It goes on behind the highest value that is there.
SELECT setval(
    pg_get_serial_sequence('"session"', 'id'),
    greatest(coalesce(max("id"), 0) + 1, 1), false
) FROM "session";
