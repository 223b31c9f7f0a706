-- Drop the sequence `invoice_number`.
DROP SEQUENCE "invoice_number";
