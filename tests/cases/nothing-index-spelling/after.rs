diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        index a (n desc nulls first, id nulls last) using btree;
        index b (email asc) using btree;
        index c (n) with "Deduplicate_items=off,fillfactor=70";
    }
}
