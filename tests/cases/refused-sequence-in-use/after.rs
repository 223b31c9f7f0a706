diesel::table! {
    person (id) {
        id -> Integer,
        number -> BigInt,
    }
}
