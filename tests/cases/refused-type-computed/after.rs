diesel::table! {
    session (id) {
        id -> Integer,
        n -> BigInt,
        twice -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
    }
}
