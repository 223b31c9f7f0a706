-- The engine of `item`.
ALTER TABLE `item` ENGINE = MyISAM;
