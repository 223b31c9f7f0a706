diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        rank -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        index session_rank (rank desc);
    }
}
