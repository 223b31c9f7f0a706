diesel::table! {
    item (id) {
        id -> Integer,
        n -> Integer,
    }
}
