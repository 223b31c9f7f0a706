diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        index by_email (email) with "fillfactor = 70";
        index (n) with "fillfactor=50" where "n > 1";
    }
}
