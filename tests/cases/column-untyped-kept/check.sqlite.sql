SELECT group_concat(typeof(thing)) = 'integer,text,real,blob' FROM bag;
