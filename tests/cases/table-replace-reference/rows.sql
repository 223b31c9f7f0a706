INSERT INTO desk (id, org_id) VALUES (1, NULL), (2, NULL);
