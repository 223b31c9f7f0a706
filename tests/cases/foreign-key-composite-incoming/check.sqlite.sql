SELECT count(*) = 3 FROM visit;
