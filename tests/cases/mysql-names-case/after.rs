diesel::table! {
    item (id) {
        id -> Integer,
        n -> Integer,
    }
}

diesel::table! {
    #[sql_name = "Item"]
    big_item (id) {
        id -> Integer,
        name -> Varchar,
    }
}
