-- A forum: users, boards, threads, posts and all that hangs on them.
CREATE TYPE visibility AS ENUM ('public', 'members', 'hidden');
CREATE TYPE "report state" AS ENUM ('open', 'in review', 'closed');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.updated_at := now(); RETURN NEW; END $$;
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle varchar(30) NOT NULL, email text NOT NULL, bio text,
    joined_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz,
    karma int NOT NULL DEFAULT 0, prefs jsonb NOT NULL DEFAULT '{}',
    CONSTRAINT users_handle UNIQUE (handle), CONSTRAINT handle_form CHECK (handle ~ '^[a-z0-9_]{3,}$')
);
CREATE UNIQUE INDEX users_email ON users (lower(email));
CREATE INDEX users_prefs ON users USING gin (prefs jsonb_path_ops);
COMMENT ON TABLE users IS 'Everybody who ever signed up';
COMMENT ON COLUMN users.karma IS 'Sum of votes, by a job';
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TABLE boards (
    id serial PRIMARY KEY, parent_id int REFERENCES boards ON DELETE CASCADE,
    slug text NOT NULL UNIQUE, title text NOT NULL, visible visibility NOT NULL DEFAULT 'public',
    "order" smallint NOT NULL DEFAULT 0
);
CREATE TABLE threads (
    id bigserial PRIMARY KEY, board_id int NOT NULL REFERENCES boards, author_id bigint REFERENCES users ON DELETE SET NULL,
    title text NOT NULL, pinned bool NOT NULL DEFAULT false, locked_at timestamp(3), last_post_id bigint,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, title)) STORED
);
CREATE INDEX threads_search ON threads USING gin (search);
CREATE INDEX threads_recent ON threads (board_id, pinned DESC, last_post_id DESC NULLS LAST) WHERE locked_at IS NULL;
CREATE TABLE posts (
    id bigserial PRIMARY KEY, thread_id bigint NOT NULL REFERENCES threads ON DELETE CASCADE,
    author_id bigint REFERENCES users ON DELETE SET NULL, reply_to bigint REFERENCES posts,
    body text NOT NULL, edited_at timestamptz, tags text[] NOT NULL DEFAULT '{}'
);
ALTER TABLE threads ADD FOREIGN KEY (last_post_id) REFERENCES posts DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX ON posts USING gin (tags); CREATE INDEX ON posts (thread_id, id);
CREATE STATISTICS posts_authors (dependencies, ndistinct) ON thread_id, author_id FROM posts;
CREATE VIEW busy_threads AS SELECT t.id, t.title, count(*) AS posts FROM threads t JOIN posts p ON p.thread_id = t.id GROUP BY t.id, t.title;
COMMENT ON VIEW busy_threads IS 'For the front page';
CREATE VIEW busiest AS SELECT id FROM busy_threads WHERE posts > 100;
CREATE RULE no_delete AS ON DELETE TO users DO INSTEAD NOTHING;
CREATE TABLE post_votes (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, value smallint NOT NULL CHECK (value IN (-1, 1)),
    PRIMARY KEY (post_id, user_id, at)
);
CREATE INDEX ON post_votes (user_id, at DESC);
CREATE TABLE post_bookmarks (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, note varchar(200),
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_bookmarks (user_id, at DESC);
CREATE TABLE post_reactions (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, emoji text NOT NULL COLLATE "C",
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_reactions (user_id, at DESC);
CREATE TABLE post_mentions (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, seen bool,
    PRIMARY KEY (post_id, user_id, at)
);
CREATE INDEX ON post_mentions (user_id, at DESC);
CREATE TABLE post_edits (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, old_body text NOT NULL,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_edits (user_id, at DESC);
CREATE TABLE post_flags (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, state "report state" NOT NULL DEFAULT 'open',
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_flags (user_id, at DESC);
CREATE TABLE post_awards (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, cost money,
    PRIMARY KEY (post_id, user_id, at)
);
CREATE INDEX ON post_awards (user_id, at DESC);
CREATE TABLE post_previews (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, html text, width real, height double precision,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_previews (user_id, at DESC);
CREATE TABLE post_translations (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, lang char(2) NOT NULL, body text,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_translations (user_id, at DESC);
CREATE TABLE post_embeds (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, url text NOT NULL, digest bytea,
    PRIMARY KEY (post_id, user_id, at)
);
CREATE INDEX ON post_embeds (user_id, at DESC);
CREATE TABLE post_drafts (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, body text,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_drafts (user_id, at DESC);
CREATE TABLE post_polls (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, question text NOT NULL, closes_on date,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_polls (user_id, at DESC);
CREATE TABLE post_attachments (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, name text NOT NULL, size bigint CHECK (size > 0),
    PRIMARY KEY (post_id, user_id, at)
);
CREATE INDEX ON post_attachments (user_id, at DESC);
CREATE TABLE post_notices (
    post_id bigint NOT NULL REFERENCES posts ON DELETE CASCADE, user_id bigint NOT NULL REFERENCES users,
    at timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP, kind int NOT NULL,
    PRIMARY KEY (post_id, user_id)
);
CREATE INDEX ON post_notices (user_id, at DESC);
CREATE TABLE user_sessions (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_sessions (token) INCLUDE (user_id);
CREATE TABLE user_follows (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_follows (token) INCLUDE (user_id);
CREATE TABLE user_blocks (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_blocks (token) INCLUDE (user_id);
CREATE TABLE user_badges (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_badges (token) INCLUDE (user_id);
CREATE TABLE user_messages (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_messages (token) INCLUDE (user_id);
CREATE TABLE user_devices (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_devices (token) INCLUDE (user_id);
CREATE TABLE user_logins (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_logins (token) INCLUDE (user_id);
CREATE TABLE user_settings_of (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_settings_of (token) INCLUDE (user_id);
CREATE TABLE user_friends (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_friends (token) INCLUDE (user_id);
CREATE TABLE user_invites (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_invites (token) INCLUDE (user_id);
CREATE TABLE user_bans (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_bans (token) INCLUDE (user_id);
CREATE TABLE user_notes (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_notes (token) INCLUDE (user_id);
CREATE TABLE user_roles (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    other_id bigint REFERENCES users ON UPDATE CASCADE, token uuid NOT NULL DEFAULT gen_random_uuid(), seen_from inet,
    data json, UNIQUE (user_id, other_id) DEFERRABLE, CHECK (user_id <> other_id)
);
CREATE UNIQUE INDEX ON user_roles (token) INCLUDE (user_id);
