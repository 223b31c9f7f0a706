diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        exclude "USING btree (n WITH =) WHERE (email IS NOT NULL)";
        exclude apart "USING hash (email WITH =)" deferrable initially deferred;
    }
}
