diesel::table! {
    session (id) {
        id -> Integer,
        #[doc(alias = "a")]
        b -> Nullable<Text>,
        #[doc(alias = "b")]
        c -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        index session_a (b);
    }
}
