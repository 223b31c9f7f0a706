-- `person` is logged.
ALTER TABLE "person" SET LOGGED;
