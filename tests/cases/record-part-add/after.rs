diesel::table! {
    place (id) {
        id -> Integer,
        area -> Nullable<Record<(Integer, Text, Bool)>>,
    }
}
