diesel::table! {
    session (id) {
        id -> Integer,
        #[doc(alias = "Title")]
        title -> Text,
    }
}

glowplug::ddl! {
    table session {}
}
