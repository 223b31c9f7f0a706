diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        #[doc(alias = "plan")]
        outline -> Nullable<Text>,
    }
}
