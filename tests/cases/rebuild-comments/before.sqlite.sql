CREATE TABLE session ( -- what the agent works on
    id INTEGER PRIMARY KEY /* the rowid */,
    -- shown to the user
    title TEXT NOT NULL ON CONFLICT REPLACE DEFAULT ('it''s, (new)') COLLATE NOCASE,
    plan /* free, text */ TEXT CONSTRAINT plan_short CHECK (length(plan) < 100 /* ), */),
    CONSTRAINT "title, unique" UNIQUE (title COLLATE BINARY) ON CONFLICT IGNORE -- the last
);
CREATE INDEX session_plan ON session (plan) -- for the list
    WHERE plan IS NOT NULL;
