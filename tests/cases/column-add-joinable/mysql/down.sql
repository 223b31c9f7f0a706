-- Drop the foreign key `session_org_id_fkey` of `session`.
ALTER TABLE `session` DROP FOREIGN KEY `session_org_id_fkey`;

-- Drop the index `session_org_id_fkey` of `session`. Drop `session.org_id`.
ALTER TABLE `session`
    DROP INDEX `session_org_id_fkey`,
    DROP COLUMN `org_id`;
