SELECT seq = 40 FROM sqlite_sequence WHERE name = 'ticket';
SELECT count(*) = 1 FROM sqlite_sequence;
