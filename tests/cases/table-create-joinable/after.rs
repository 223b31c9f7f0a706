diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    visit (id) {
        id -> Integer,
        org_id -> Integer,
        host_id -> Nullable<Integer>,
    }
}

diesel::joinable!(visit -> org (org_id));
