SELECT sum(four) = 120 FROM item;
