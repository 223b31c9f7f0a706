SELECT count(*) = 3 FROM message;
SELECT count(*) = 2 FROM reply;
SELECT count(*) = 1 FROM tag WHERE session_id IS NULL;
