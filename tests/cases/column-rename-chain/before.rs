diesel::table! {
    session (id) {
        id -> Integer,
        a -> Nullable<Text>,
        b -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_a (a);
    }
}
