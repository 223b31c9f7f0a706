diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    view one "SELECT id, n FROM session";
}

glowplug::ddl! {
    view a_two "SELECT max(n) AS n FROM one";
}
