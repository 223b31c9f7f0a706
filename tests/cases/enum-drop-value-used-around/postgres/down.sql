-- `mood` may be `sad`.
ALTER TYPE "mood" ADD VALUE 'sad' BEFORE 'ok';
