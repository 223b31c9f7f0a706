diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    table session {
        exclude apart "USING btree (n WITH =, email WITH =)";
    }
}
