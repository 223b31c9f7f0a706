diesel::table! {
    session (id) {
        id -> Integer,
        email -> Nullable<Text>,
        n -> Integer,
    }
}

glowplug::ddl! {
    materialized_view busy "SELECT id, email, n FROM session WHERE n > 1" {
        unique index ("id");
        index by_mail ("lower(email)", "n" desc) where "n IN (1, 2)" with "fillfactor = 70";
    }
}
