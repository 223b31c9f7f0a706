-- Drop `city` of the type `address`.
ALTER TYPE "address" DROP ATTRIBUTE "city";
