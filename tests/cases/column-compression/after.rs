diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        email: storage "main";
    }
}
