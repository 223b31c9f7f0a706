diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        exclude apart "using btree (lower(email) with =) where (n>1)";
    }
}
