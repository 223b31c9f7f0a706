diesel::table! {
    session (id) {
        id -> Integer,
        n -> BigInt,
        new -> Nullable<BigInt>,
    }
}

glowplug::ddl! {
    table session {
        new: generated "n + 1" stored;
        index (new);
    }
}
