diesel::table! {
    session (id) {
        id -> Integer,
        #[sql_name = "firstName"]
        first_name -> Nullable<Text>,
        #[sql_name = "lastName"]
        last_name -> Nullable<Text>,
    }
}
