-- `session` refers to `place`.
ALTER TABLE "session" ADD CONSTRAINT "session_region_number_fkey" FOREIGN KEY ("region", "number") REFERENCES "place" ("region", "number") ON UPDATE CASCADE NOT VALID;
