-- What the sequence `invoice_number` hands out.
ALTER SEQUENCE "invoice_number"
    AS INTEGER
    INCREMENT BY 2
    MAXVALUE 2147483647
    START WITH 1
    CACHE 10;
