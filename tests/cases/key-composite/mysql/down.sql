-- The primary key of `stock` is `shop`.
ALTER TABLE `stock`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`shop`);
