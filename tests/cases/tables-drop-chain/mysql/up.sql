-- Drop `c_leaf`.
DROP TABLE `c_leaf`;

-- Drop `b_mid`.
DROP TABLE `b_mid`;

-- Drop `a_root`.
DROP TABLE `a_root`;
