diesel::table! {
    place (id) {
        id -> Integer,
    }
}
