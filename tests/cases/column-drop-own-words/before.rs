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
        size -> Nullable<Integer>,
        kind -> Nullable<Text>,
        org_id -> Nullable<Integer>,
    }
}
