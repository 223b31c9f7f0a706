SELECT count(*) = 0 FROM audit;
