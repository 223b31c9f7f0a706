-- Drop `a_leaf`.
DROP TABLE `a_leaf`;

-- Drop `m_branch`.
DROP TABLE `m_branch`;

-- Drop `z_root`.
DROP TABLE `z_root`;
