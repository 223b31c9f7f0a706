diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    materialized_view busy "SELECT id, email, n FROM session WHERE n > 2" {
        unique index busy_id ("id");
        index by_mail ("lower(email)") using hash;
    }
}
