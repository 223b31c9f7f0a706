INSERT INTO "order" (id, "group", "select", "index") VALUES (1, 'a', 'b', 4), (2, 'c', 'd', NULL);
