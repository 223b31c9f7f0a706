CREATE VIEW plans AS SELECT plan FROM session;
