diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    materialized_view busy "SELECT id, email, n FROM session WHERE n > 1" {
        unique index busy_id ("id") include ("email");
    }
}
