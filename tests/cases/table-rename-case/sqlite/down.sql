-- Proven on a copy of the database: up, down and up again.

-- Rename `Org` to `org`: to SQLite these are one name, so over another.
ALTER TABLE "Org" RENAME TO "__glowplug_Org";

-- Rename `Org` to `org`.
ALTER TABLE "__glowplug_Org" RENAME TO "org";
