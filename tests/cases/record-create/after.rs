diesel::table! {
    place (id) {
        id -> Integer,
        area -> Record<(Integer, Text)>,
        spot -> Nullable<Record<(Double, Double)>>,
        #[sql_name = "Old spots"]
        old_spots -> Nullable<Array<Nullable<Record<(Double, Double)>>>>,
    }
}

diesel::table! {
    // Records in records, and a second column that has the type of the first.
    route (id) {
        id -> Integer,
        spot -> Record<(Double, Double)>,
        legs -> Array<Record<(Nullable<Array<Record<(Integer, Text)>>>, Nullable<Range<Date>>)>>,
    }
}
