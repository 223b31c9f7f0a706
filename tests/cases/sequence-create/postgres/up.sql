-- The sequence `invoice_number`.
CREATE SEQUENCE "invoice_number"
    INCREMENT BY 5
    MAXVALUE 9000
    START WITH 1000
    CYCLE;

-- Add `person.number`.
ALTER TABLE "person" ADD COLUMN "number" BIGINT DEFAULT nextval('invoice_number') NOT NULL;
