SELECT many = 3 FROM b;
