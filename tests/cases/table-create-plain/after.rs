diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        body -> Text,
        score -> Nullable<Double>,
        data -> Nullable<Binary>,
        seen -> Bool,
        day -> Nullable<Date>,
    }
}
