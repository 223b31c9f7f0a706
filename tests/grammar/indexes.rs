//! Indexes.

diesel::table! {
    post (id) {
        id -> Integer,
        author -> Text,
        title -> Text,
        body -> Text,
        created_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
    }
}

glowplug::ddl! {
    table post {
        index (author);
        index post_recent (created_at desc, id) where "deleted_at IS NULL";
        index "by title" (title asc nulls first collate "C" opclass "text_pattern_ops",);
        unique index (author, title);
        unique index post_live (title) where { sqlite "deleted_at IS NULL", postgres "(deleted_at IS NULL)" };
        index ("lower(author)" desc nulls last, body(20));
        index post_body (body) using gin;
        index post_cover (author) include (title, body) using "btree" where "id > 0";
        index post_json ({ postgres "(body::jsonb)" });
        index post_only_sqlite (author) where { sqlite "id > 1" };
    }
}
