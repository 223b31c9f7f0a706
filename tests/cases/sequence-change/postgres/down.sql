-- What the sequence `invoice_number` hands out.
ALTER SEQUENCE "invoice_number"
    AS BIGINT
    INCREMENT BY 1
    MAXVALUE 9223372036854775807
    START WITH 1000
    CACHE 1;
