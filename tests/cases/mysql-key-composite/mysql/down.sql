-- The primary key of `item` is `id`.
ALTER TABLE `item`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`id`);
