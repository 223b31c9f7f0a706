INSERT INTO "Перsон" (id, "ÄÖÜ", "Straße") VALUES (1, 'a', 'b');
