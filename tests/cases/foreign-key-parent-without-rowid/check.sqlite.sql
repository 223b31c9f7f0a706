SELECT count(*) = 3 FROM entry;
