-- `mood` may be `meh`.
ALTER TYPE "mood" ADD VALUE 'meh' AFTER 'sad';

-- `mood` may be `great`.
ALTER TYPE "mood" ADD VALUE 'great';
