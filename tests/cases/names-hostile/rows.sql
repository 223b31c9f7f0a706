INSERT INTO "od""d 'table'; DROP" (id, "quo""te", "it's; --", "new
line") VALUES (1, 'a', 'b', 4), (2, 'c', 'd', NULL);
