diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        check positive "n > 0";
    }
}
