SELECT seq = 7 FROM sqlite_sequence;
