-- Proven on a copy of the database: up, down and up again.

-- Rename `org` to `Org`: to SQLite these are one name, so over another.
ALTER TABLE "org" RENAME TO "__glowplug_org";

-- Rename `org` to `Org`.
ALTER TABLE "__glowplug_org" RENAME TO "Org";
