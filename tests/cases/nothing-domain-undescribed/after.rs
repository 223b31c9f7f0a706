diesel::table! {
    person (id) {
        id -> Integer,
        email -> Text,
    }
}
