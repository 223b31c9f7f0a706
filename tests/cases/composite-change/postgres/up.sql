-- `city` of the type `address` is new.
ALTER TYPE "address" ADD ATTRIBUTE "city" TEXT COLLATE "C";
