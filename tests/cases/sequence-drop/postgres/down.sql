-- The sequence `invoice_number`.
CREATE SEQUENCE "invoice_number"
    START WITH 1000;
