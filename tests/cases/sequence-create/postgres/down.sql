-- Drop `person.number`.
ALTER TABLE "person" DROP COLUMN "number";

-- Drop the sequence `invoice_number`.
DROP SEQUENCE "invoice_number";
