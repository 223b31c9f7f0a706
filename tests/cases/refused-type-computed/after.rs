diesel::table! {
    session (id) {
        id -> Integer,
        n -> BigInt,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        twice: generated "n * 2" stored;
    }
}
