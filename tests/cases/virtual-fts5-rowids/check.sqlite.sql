SELECT b = 'nine' FROM log WHERE rowid = (SELECT rowid FROM log_text WHERE log_text MATCH 'nine');
