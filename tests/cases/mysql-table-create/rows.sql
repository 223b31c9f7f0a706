INSERT INTO org VALUES (1, 'north');
