diesel::table! {
    session (id) {
        id -> Integer,
        #[doc(alias = "firstName")]
        first_name -> Nullable<Text>,
        #[doc(alias = "lastName")]
        last_name -> Nullable<Text>,
    }
}
