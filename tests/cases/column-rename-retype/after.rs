diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        #[doc(alias = "plan")]
        priority -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {}
}
