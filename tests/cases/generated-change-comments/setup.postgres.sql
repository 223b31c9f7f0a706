COMMENT ON CONSTRAINT item_twice ON item IS 'once';
COMMENT ON INDEX item_twice IS 'the index of it';
COMMENT ON CONSTRAINT item_small ON item IS 'for now';
COMMENT ON INDEX item_later IS 'odd';
ALTER INDEX item_later ALTER COLUMN 2 SET STATISTICS 40;
CLUSTER item USING item_twice;
