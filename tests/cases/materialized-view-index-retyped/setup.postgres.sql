COMMENT ON INDEX busy_id IS 'by key';
COMMENT ON INDEX by_n IS 'by number';
