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
    }
}
