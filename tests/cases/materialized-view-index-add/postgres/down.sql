-- Drop the index `by_mail` of `busy`.
DROP INDEX "by_mail";

-- Drop the index `busy_id_idx` of `busy`.
DROP INDEX "busy_id_idx";
