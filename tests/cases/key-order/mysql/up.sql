-- The primary key of `stock` is `item`, `shop`.
ALTER TABLE `stock`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`item`, `shop`);
