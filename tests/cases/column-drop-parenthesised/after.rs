diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
    }
}
