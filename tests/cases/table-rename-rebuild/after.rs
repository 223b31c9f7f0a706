diesel::table! {
    #[doc(alias = "org")]
    company (id) {
        id -> Integer,
        name -> Text,
        size -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table company {}
}
