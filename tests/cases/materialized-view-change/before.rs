diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    materialized_view busy "SELECT id, n FROM session WHERE n > 1";
}
