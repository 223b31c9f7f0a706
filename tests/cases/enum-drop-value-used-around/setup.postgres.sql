COMMENT ON VIEW good IS 'it';
