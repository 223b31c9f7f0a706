SELECT json_group_array(code) = '["b","c"]' FROM note JOIN pin ON pin.note_rowid = note.rowid;
SELECT json_group_array(rowid) = '[8,20]' FROM note_search WHERE note_search MATCH 'banana OR cherry';
