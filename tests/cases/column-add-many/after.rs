diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        a -> Nullable<Text>,
        b -> Nullable<Integer>,
        c -> Bool,
        d -> Nullable<Double>,
    }
}

glowplug::ddl! {
    table session {
        c: default { sqlite "0", postgres "false", mysql "0" };
        index session_a_b (a, b);
    }
}
