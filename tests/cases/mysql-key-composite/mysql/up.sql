-- The primary key of `item` is `id`, `n`.
ALTER TABLE `item`
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (`id`, `n`);
