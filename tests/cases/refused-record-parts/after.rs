diesel::table! {
    place (id) {
        id -> Integer,
        area -> Nullable<Record<(Integer, Text)>>,
    }
}

diesel::table! {
    route (id) {
        id -> Integer,
        area -> Record<(Integer, Bool)>,
    }
}
