INSERT INTO long_long_long_long_long_long_long_long_long_long_long_long_ (id, a) VALUES (1, 'x');
