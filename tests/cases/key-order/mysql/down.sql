-- The primary key of `stock` is `shop`, `item`.
ALTER TABLE `stock`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`shop`, `item`);
