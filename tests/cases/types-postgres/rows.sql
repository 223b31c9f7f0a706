INSERT INTO thing (id, tags, doc, mark, at) VALUES (1, '{a,b}', '{"a": 1}', '7d444840-9dc0-11d1-b245-5ffdce74fad2', '2026-01-01');
