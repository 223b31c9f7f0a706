-- Drop the composite type `address`.
DROP TYPE "address";
