DELETE FROM session WHERE id = 7;
