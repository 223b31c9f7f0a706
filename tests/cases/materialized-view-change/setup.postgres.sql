CREATE UNIQUE INDEX busy_id ON busy (id);
COMMENT ON MATERIALIZED VIEW busy IS 'who works';
