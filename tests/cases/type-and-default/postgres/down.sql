-- The old default of `item.level` goes.
ALTER TABLE "item" ALTER COLUMN "level" DROP DEFAULT;

-- The type of `item.level`.
ALTER TABLE "item" ALTER COLUMN "level" TYPE TEXT;

-- The default of `item.level`.
ALTER TABLE "item" ALTER COLUMN "level" SET DEFAULT '1';
