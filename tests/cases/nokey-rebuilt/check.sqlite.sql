SELECT group_concat(rowid) = '3,9,10' FROM log;
