CREATE VIEW counted AS SELECT id, n FROM item;
