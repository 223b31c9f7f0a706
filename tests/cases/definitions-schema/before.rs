diesel::table! {
    person (id) {
        id -> Integer,
    }
}
