diesel::table! {
    #[doc(alias = "alpha")]
    beta (id) {
        id -> Integer,
        a -> Text,
    }
}

diesel::table! {
    #[doc(alias = "beta")]
    gamma (id) {
        id -> Integer,
        b -> Text,
    }
}

glowplug::ddl! {
    table beta {}

    table gamma {}
}
