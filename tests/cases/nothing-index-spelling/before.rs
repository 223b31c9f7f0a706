diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        index a (n desc, id asc);
        index b (email);
        index c (n) with "fillfactor = 70, deduplicate_items = off";
    }
}
