SELECT seq = 7 FROM sqlite_sequence WHERE name = 'session';
