SELECT group_concat(typeof(value)) = 'text,integer,real,blob' FROM item;
