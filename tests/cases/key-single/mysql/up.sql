-- The primary key of `stock` is `item`.
ALTER TABLE `stock`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`item`);
