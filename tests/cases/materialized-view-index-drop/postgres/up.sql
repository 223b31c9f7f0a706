-- Drop the index `busy_n_idx` of `busy`.
DROP INDEX "busy_n_idx";
