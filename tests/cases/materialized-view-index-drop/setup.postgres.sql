COMMENT ON INDEX busy_id IS 'by key';
COMMENT ON INDEX busy_n_idx IS 'by number';
CLUSTER busy USING busy_id;
