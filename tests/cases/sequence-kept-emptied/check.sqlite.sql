SELECT seq = 41 FROM sqlite_sequence WHERE name = 'session';
SELECT count(*) = 1 FROM sqlite_sequence;
