INSERT INTO "User" (id, "firstName", "E_Mail") VALUES (1, 'a', 'b');
