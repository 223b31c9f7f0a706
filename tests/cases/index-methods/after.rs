diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        index (email opclass "text_pattern_ops", n desc nulls last) include (id);
        index (n) using hash;
        index (n) using brin with "pages_per_range = 32";
        index ("lower(email)" collate "C");
    }
}
