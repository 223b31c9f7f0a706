diesel::table! {
    place (id) {
        id -> Integer,
        area -> Record<(Integer, Text, Array<Nullable<Record<(Double, Double)>>>)>,
    }
}
