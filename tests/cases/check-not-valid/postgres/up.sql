-- Every new row of `session` must satisfy this.
ALTER TABLE "session" ADD CONSTRAINT "big" CHECK (n > 1) NOT VALID;
