-- Add `item.doc`. Add `item.list`.
ALTER TABLE `item`
    ADD COLUMN `doc` JSON,
    ADD COLUMN `list` JSON NOT NULL DEFAULT '[]';
