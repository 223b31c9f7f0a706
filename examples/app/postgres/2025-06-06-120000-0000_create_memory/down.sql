-- Proven on the database itself: up, down and up again.

-- Drop `trajectory`.
DROP TABLE "trajectory";

-- Drop `research_note`.
DROP TABLE "research_note";

-- Drop `key_snippet`.
DROP TABLE "key_snippet";

-- Drop `key_fact`.
DROP TABLE "key_fact";

-- Drop `human_input`.
DROP TABLE "human_input";

-- Drop `session`.
DROP TABLE "session";
