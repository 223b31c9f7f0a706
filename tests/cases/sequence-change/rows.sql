INSERT INTO person (id, number) VALUES (1, nextval('invoice_number')), (2, nextval('invoice_number'));
