diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}
