diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        org_id -> Nullable<Integer>,
    }
}

diesel::joinable!(session -> org (org_id));
