SELECT hex(text) = 'FF41' FROM raw;
