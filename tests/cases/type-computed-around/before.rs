diesel::table! {
    session (id) {
        id -> Integer,
        n -> Integer,
        old -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        old: generated "n - 1" stored;
    }
}
