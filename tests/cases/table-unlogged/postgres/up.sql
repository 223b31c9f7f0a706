-- `person` is no longer logged: a crash of the server empties it.
ALTER TABLE "person" SET UNLOGGED;
