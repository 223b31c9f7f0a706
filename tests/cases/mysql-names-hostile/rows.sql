INSERT INTO "a `b` c" VALUES (1, 'it''s', 2, 3);
